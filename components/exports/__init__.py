"""What leaves the screen: print, one page, pictures, slides."""
