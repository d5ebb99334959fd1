/* Where the server answers: beside the page, never below it. Without this the frontend asks below each page first,
   is answered 404 twice, and only then asks where the server is. */
window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };
