"""What does Streamlit's frontend say where something goes wrong? Our words, put into its scripts as they are served.

Its own speak of Streamlit, of terminals and of files to a reader who knows none of them.
"""

from collections.abc import Callable

AWAY = "The server cannot be reached. What you see stays as it is, and the page connects again by itself. If that takes more than a minute, check your connection and reload the page."
NOT_READY = "The server is not ready yet. The page connects by itself once it is."
REFUSED = "The server refused to show this page (403). Reload it; if that does not help, ask whoever runs the server."
LATE = "The server takes long to answer. The page goes on trying by itself."
# Each of Streamlit's is in one of its scripts, as it is written there; a test holds that. Templates keep their ${}.
WORDS = {
    "message:`Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:`,codeBlock:`streamlit run yourscript.py`": f"message:`{AWAY}`",
    "Streamlit server is not responding. Are you connected to the internet?": AWAY,
    "Cannot connect to Streamlit (HTTP status: 403).\n\nIf you are trying to access a Streamlit app running on another server, this could be due to the app's [CORS](${rD}) settings.": REFUSED,
    "message:`Connection failed with status ${r}${s?`, and response:`:`.`}`,...s&&{codeBlock:s}": f"message:`{NOT_READY}`",
    "message:`Connection timed out.`": f"message:`{LATE}`",
    "showError(`Connection error`": "showError(`No connection to the server`",
    "showError(`Bad message format`,{message:t.message}": "showError(`Something went wrong`,{message:`Reload the page to go on.`}",
    "You have requested page /${e}, but no corresponding file was found in the app's pages/ directory": "There is no page “${e}” here",
    "The page that you have requested does not seem to exist": "There is no such page",
    "${t}. Running the app's main page.": "${t}. You see the overview instead.",
    "Connection lost. Please wait for the app to reconnect, then try again.": "The connection was lost. Try again once the page has connected.",
    "Connecting to Streamlit server": "Connecting to the server",
    "Unable to connect to Streamlit server": "No connection to the server",
    "Your app is having trouble loading the component.": "A part of the page could not be loaded. Reload the page.",
    "Made with Streamlit v": "Made with version ",
}


def in_our_words(read: Callable[[], bytes]) -> bytes:
    """A file of the frontend with our words in the place of its own; `read` gives its content."""
    script = read()
    for theirs, ours in WORDS.items():
        script = script.replace(theirs.encode(), ours.encode())
    return script
