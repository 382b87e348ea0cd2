"""Names of other packages that the lab uses though they may change, with the reason for each.

Read this first if a new version of Streamlit or Plotly breaks something. Code, styles and
scripts use no such name that is not listed here, and each is still there: the two test modules
named after this one check both. The faults of Streamlit are in docs/streamlit.md.
"""

from collections.abc import Mapping

MOMENTARY = frozenset(
    {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}
)
"""Fields of `WidgetState` for events such as a click. With one missing, a refresh that is sent
together with the event lets its callback run twice."""

LASTING = frozenset(
    {
        *("bool_value", "double_value", "int_value", "string_value", "double_array_value"),
        *("int_array_value", "string_array_value", "json_value", "arrow_value", "bytes_value"),
        "file_uploader_state_value",
    }
)
"""Fields of `WidgetState` for values that stay. A field in neither set is a new kind: decide."""

IN_PAGES: Mapping[str, str] = {
    # Streamlit's `data-testid`, or the class of the same name.
    "stApp": "frame.js: the page does not run again once a lost server is back.",
    "stBaseButton-primary": "frame.css: white words on a button are hard to read in the dark.",
    "stCaptionContainer": "frame.css: captions have a contrast of 4.0.",
    "stColumn": "narrow_screen.css: the close-up scrolls away; home: no room on a telephone.",
    "stDialog": "frame.css: a lost server is reported in Streamlit's words for developers.",
    "stElementContainer": "frame.css: of a card, only its link can be pressed.",
    "stExpandSidebarButton": "frame.css: a telephone has two menus.",
    "stFileChipName": "frame.js: nothing says how much of a file has been sent.",
    "stFileUploaderDropzoneInstructions": "draw/page.css: kinds of files are listed twice.",
    "stHorizontalBlock": "home: paper and answer have no room on a telephone on its side.",
    "stImage": "narrow_screen.css: the close-up is wider than its place.",
    "stLayoutWrapper": "menu and glossary take room on the page; the paper has another width.",
    "stMain": "frame.js: a page opens where the one before was; frame.css: focus below the bar.",
    "stMainBlockContainer": "pages are as wide as the window, or too narrow for an audience.",
    "stMarkdownContainer": "narrow_screen.css: lines of the close-up stand far apart.",
    "stSidebar": "frame.css: a telephone has two menus.",
    "stStatusWidget": "frame.css: the sign that a page is being made lies over the glossary.",
    "stToast": "frame.css: a message takes the pen away from the paper of a telephone.",
    "stToastContainer": "frame.css: as stToast.",
    "stVerticalBlock": "frame.css: the lab's own dialogs lose their words.",
    # Other attributes and classes.
    "data-tag": "frame.css: the white words of a tag are hard to read in the dark.",
    "data-test-connection-state": "frame.js: as stApp.",
    "katex-display": "frame.css: a formula scrolls within its line.",
    "slot": "frame.css: as stDialog.",
    "aria-labelledby": "frame.js: a screen reader says the name of a slider twice.",
    # Plotly.
    "js-plotly-plot": "frame.css: a chart that cannot be touched looks as if it could.",
    "nsewdrag": "frame.css: as js-plotly-plot.",
    "cursor-pointer": "frame.css: as js-plotly-plot.",
    "_fullLayout": "live_chart.js: no way back from a zoom is offered.",
    # streamlit-drawable-canvas and Fabric.
    "canvas-container": "canvas.css: the paper is not enlarged on a desk.",
    "data-fabric": "canvas.js: a stroke is not sent, the keyboard draws nothing.",
    "dc-canvas": "canvas.css: a finger that draws scrolls the page.",
    "dc-container": "canvas.css: as canvas-container.",
    "dc-scroll": "canvas.css: the paper has scroll bars.",
    "dc-toolbar": "canvas.css, canvas.js: two toolbars, and a stroke is not sent.",
}
"""Names in the page, and the fault without each."""

IN_PYTHON: Mapping[str, str] = {
    "streamlit.components.v2.types.ComponentRenderer": "An annotation.",
    "streamlit.delta_generator.DeltaGenerator": "An annotation.",
    "streamlit.delta_generator_singletons.context_dg_stack": "A page lies in a fragment.",
    "streamlit.delta_generator_singletons.get_default_dg_stack_value": "As context_dg_stack.",
    "streamlit.navigation.page.StreamlitPage": "An annotation.",
    "streamlit.net_util.get_external_ip": "The server asks Amazon for its address.",
    "streamlit.proto.BackMsg_pb2.BackMsg": "Messages of a browser cannot be read: no page at all.",
    "streamlit.proto.ClientState_pb2.ClientState": "As BackMsg.",
    "streamlit.proto.ForwardMsg_pb2.ForwardMsg": "As BackMsg.",
    "streamlit.proto.WidgetStates_pb2.WidgetState": "As BackMsg.",
    "streamlit.proto.WidgetStates_pb2.WidgetStates": "As BackMsg.",
    "streamlit.runtime.exists": "Visits: every window looks closed, so runs end.",
    "streamlit.runtime.get_instance": "As exists.",
    "streamlit.runtime.Runtime.is_active_session": "As exists.",
    "streamlit.runtime.memory_uploaded_file_manager.MemoryUploadedFileManager": "Files stay.",
    "streamlit.runtime.pages_manager.PagesManager.uses_pages_directory": "The first visitor of a "
    "server who comes by a page's own address sees it without the frame.",
    "streamlit.runtime.scriptrunner.get_script_run_ctx": "Visits are lost, and stale values stay.",
    "streamlit.runtime.scriptrunner_utils.script_run_context.ThreadState.get": "Stale values of "
    "fragments undo what the server has set.",
    "streamlit.runtime.scriptrunner.ScriptRunner._execing": "A click ends a callback halfway.",
    "streamlit.runtime.state.SafeSessionState._yield_callback": "As _execing.",
    "streamlit.runtime.state.SessionState._call_callbacks": "As _execing.",
    "streamlit.runtime.state.SessionState._key_id_mapper": "As on_script_will_rerun.",
    "streamlit.runtime.state.SessionState._new_session_state": "As on_script_will_rerun.",
    "streamlit.runtime.state.SessionState._new_widget_state": "As on_script_will_rerun.",
    "streamlit.runtime.state.SessionState._old_state": "As on_script_will_rerun.",
    "streamlit.runtime.state.SessionState.on_script_finished": "As on_script_will_rerun.",
    "streamlit.runtime.state.SessionState.on_script_will_rerun": "A stale value in a message "
    "undoes what the server has set.",
    "streamlit.runtime.state.session_state.Value": "As on_script_will_rerun.",
    "streamlit.runtime.state.session_state.WStates.get_serialized": "As on_script_will_rerun.",
    "streamlit.runtime.uploaded_file_manager.UploadedFile": "An annotation.",
    "streamlit.web.cli.main_run": "The command `mnist-lab serve` is missing.",
}
"""Names of Streamlit's modules beside `import streamlit`, and the fault without each."""
