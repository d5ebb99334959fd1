"""The floor: an empty Streamlit page. Nothing served by Streamlit can be faster."""

import streamlit as st

st.title("Empty")
