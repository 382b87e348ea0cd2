"""The address for a class: a URL that all devices on the same Wi-Fi can open, and its code."""

import streamlit as st

from pages.ui.elements.way_in import address_for_others, own_address, qr_code
from pages.ui.visit.site import JOIN, room_link

WIDTH = 260


def show() -> None:
    """Show a link to the collections of classes, and the address with its QR code if known."""
    room_link(JOIN)
    address = address_for_others(st.context.url or "", own_address())
    if address is None:
        return
    with st.expander("For a class: join from any device", icon=":material/groups:"):
        st.markdown(
            "Anyone on the same Wi-Fi can scan this QR code or type the address. Everyone has "
            "their own runs and drawings."
        )
        st.image(qr_code(address), width=WIDTH, alt=f"A QR code of {address}")
        st.code(address, language=None)
