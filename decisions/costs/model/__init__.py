"""What each way of choosing costs, and whom. Pure: NumPy and PyYAML, no Django.

Every route is costed by the same lines (``lines``) from the same inputs (``inputs``), each a
three-point estimate (``estimates``) drawn 10,000 times (``draws``). Three purses (``purses``)
refuse to be added. Published evidence (``published``), indices (``prices``) and a place's own
reports (``reports``) stand beside the defaults that they gave or replace.
"""
