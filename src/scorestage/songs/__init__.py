"""Songs: words under a tune, their form, their sheets, who sings them."""
