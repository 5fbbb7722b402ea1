### The phone.

## A card as a picture

picture-saved = Saved as a picture.
picture-not-saved = The picture could not be made. Please try again.
