"""Where mail comes in and letters go out. The only room that speaks mail and folders."""
