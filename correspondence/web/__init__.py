"""The pages where officers and managers work; server-rendered, and whole without JavaScript."""
