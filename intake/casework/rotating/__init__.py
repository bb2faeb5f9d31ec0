"""更换密钥: a desk gets a new identity, and everything that is sealed to it is sealed anew.

    beginning.begin(desk, secret, identity, by=…, at=…)   # from now on both are known
    walking.step(desk, secret, by=…, at=…)                # again and again, until it is over
    ending.end(…)                                         # by the last step: the old one is gone

What comes in is sealed to the new recipient from the beginning on; members read with both until the
end. Where the walk is stands in `DeskRotation`, so that any step may be the last for a while.
"""
