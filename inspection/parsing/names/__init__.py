"""Who and where: names of bodies, teams and regions, and numbers, as notices write them."""
