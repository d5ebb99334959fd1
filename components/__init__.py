"""How it looks: drawings made from frames, widgets made from parameters, and the frame around the pages."""
