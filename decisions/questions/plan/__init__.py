"""The backward plan: from the day the present arrangement ends to the day work must begin. Pure.

Dates only: no clock is read and no row is touched; whoever asks says which day today is.
"""
