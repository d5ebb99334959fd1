"""What is in the head of each page instead of Streamlit's own? Our icons, the address of the server, and what Back shows."""

from components import assets

# Streamlit's frontend sets the address of this very link to ./favicon.png, which is ours too.
STREAMLITS_ICON = '<link rel="shortcut icon" href="./favicon.png" />'
ICONS = (
    '<link rel="shortcut icon" type="image/png" sizes="48x48" href="./favicon.png" />'
    '<link rel="icon" type="image/svg+xml" sizes="any" href="./favicon.svg" />'
    '<link rel="apple-touch-icon" href="./apple-touch-icon.png" />'
)
# Before the frontend begins: it asks for its server, and writes addresses.
SCRIPTS = "".join(f"<script>{assets.text(name)}</script>" for name in ("server_address.js", "history.js"))


def with_own_head(index: str) -> str:
    """Streamlit's index page with our icons and our scripts. ValueError where it is not as we know it."""
    if index.count(STREAMLITS_ICON) != 1:
        raise ValueError("Streamlit's index page has changed: there is no one place for the icons.")
    return index.replace(STREAMLITS_ICON, f"{ICONS}{SCRIPTS}")
