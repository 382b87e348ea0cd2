"""The pages under Streamlit's AppTest, and what they share."""
