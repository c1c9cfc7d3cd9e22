"""How bids or assessed grants are judged, worked out. Pure: no Django.

``weighing`` ranks made-up bids and says at which weights another wins; ``proportion`` says how long
a bid takes; ``whereabouts`` finds criteria that ask where somebody sits; ``library`` suggests.
"""
