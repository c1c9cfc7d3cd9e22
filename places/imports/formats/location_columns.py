"""The columns of lists of places: buildings, projects, clubs. Patterns match folded headings."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from places.imports.formats.columns import Column
from places.imports.formats.coordinates import is_pair

NAME: Final = Column(
    "name",
    _("Name"),
    (
        r"name|title|site name|venue name|centre name|organisation name|building name|location name"
        r"|facility name|school name|asset name|place name|project name|service name|group name",
        r"organisation|venue|site|centre|facility|building|station|office|establishment|library",
        r"school|park|project|club|group|asset|property|provider|service|hub|shop",
        r"playgrounds?|toilets?|museum|theatre|market|cemetery|garden|allotments?|hospital|surgery"
        r"|pharmacy|clinic|church|hostel|car park|pub|business|charity",
        r"\w+ name|name of \w+|name of (?:the )?\w+ \w+",
        r"location|place",
        r"(?!.*\bname\b)(?:\w+ ){1,2}(?:centre|building|library|school|venue|hall|park|club"
        r"|group|organisation|facility|station|toilets?|playground|shop|museum|charity)",
    ),
    (r"name",),
    never=r"\b(?:contact|street|ward|road|officer|manager|head|file|area|district|town|first|last"
    r"|surname|code|number|type|postcode|address|id)\b",
    required=True,
)
LATITUDE: Final = Column(
    "latitude",
    _("Latitude"),
    (r"latitude|latitude wgs ?84|geo latitude|wgs84 latitude|location latitude|y latitude",),
    (r"latitude",),
)
LONGITUDE: Final = Column(
    "longitude",
    _("Longitude"),
    (r"longitude|longitude wgs ?84|geo longitude|wgs84 longitude|location longitude|x longitude",),
    (r"longitude",),
)
EASTING: Final = Column(
    "easting",
    _("Easting, or X"),
    (
        r"eastings?|map east(?:ing)?|geo ?x|os ?x|bng ?e(?:asting)?|grid east(?:ing)?|x coord\w*",
        r"x|east|coord\w* x|point x|xcoord\w*|os east(?:ing)?|e",
    ),
    (r"eastings?",),
)
NORTHING: Final = Column(
    "northing",
    _("Northing, or Y"),
    (
        r"northings?|map north(?:ing)?|geo ?y|os ?y|bng ?n(?:orthing)?|grid north(?:ing)?"
        r"|y coord\w*",
        r"y|north|coord\w* y|point y|ycoord\w*|os north(?:ing)?|n",
    ),
    (r"northings?",),
)
COORDINATES: Final = Column(
    "coordinates",
    _("Coordinates in one cell"),
    (
        r"coordinates|co ordinates|latitude longitude|geo point|geopoint|geolocation|point|wkt",
        r"the geom|wkt geom(?:etry)?|geocoded column|lat ?lng|location 1|location point",
        r"(?:os )?grid reference|ngr|national grid reference|os reference|lat ?long|geom(?:etry)?",
    ),
    content=is_pair,
)
POSTCODE: Final = Column(
    "postcode", _("Postcode"), (r"postcode|post zip code|postal code|zip",), (r"postcode",)
)
ADDRESS: Final = Column(
    "address",
    _("Address"),
    (
        r"address|full address|address 1|address line 1|street address|postal address|site address",
        r"street|street name|road|location address|venue address",
    ),
    (r"address",),
    never=r"\b(?:email|web|ip|url|2|3|4|5)\b",
)
ADDRESS_MORE: Final = tuple(
    Column(f"address_{number}", _("Address, next line"), (rf"address (?:line )?{number}",))
    for number in (2, 3, 4)
)
TOWN: Final = Column("town", _("Town"), (r"town|city|town city|locality|post town|address town",))
CATEGORY: Final = Column(
    "category",
    _("Kind"),
    (r"category|type|kind|(?:\w+ )?(?:type|category)|classification|theme|sector|type of \w+",),
    never=r"\b(?:postcode|address|toilet)\b",
)
DESCRIPTION: Final = Column(
    "description",
    _("Description"),
    (
        r"description|description of \w+|about|details|summary|notes?|information|services? offered"
        r"|what (?:we|they) do|activities|provision|comments?",
    ),
    (r"description",),
)
TELEPHONE: Final = Column(
    "telephone",
    _("Telephone"),
    (r"telephone(?: number)?|contact (?:telephone|number)|phone number|public telephone",),
    (r"telephone",),
    never=r"\bfax\b",
)
EMAIL: Final = Column("email", _("E-mail address"), (r"email(?: address)?|contact email",))
WEBSITE: Final = Column(
    "website", _("Website"), (r"website|web(?: address| page)?|url|web link|link",)
)
HOURS: Final = Column(
    "opening_hours",
    _("Opening hours"),
    (r"(?:opening )?(?:hours|times)|opening|open|hours of opening|when open",),
    (r"opening (?:hours|times)",),
)
FOR_WHOM: Final = Column(
    "for_whom",
    _("For whom"),
    (
        r"target group|target audience|for whom|who for|client group|age group|age range|audience"
        r"|eligibility|who is it for",
    ),
)
REFERENCE: Final = Column(
    "reference",
    _("Its number"),
    (
        r"uprn|unique property reference(?: number)?",
        r"reference(?: number)?|id|unique id|urn"
        r"|asset (?:id|number|reference)|site (?:id|code)|number",
    ),
)
# Names of people are nobody's business here: their columns are never brought in.
PERSON: Final = Column(
    "person",
    _("Names of people (left out)"),
    (
        r"contact(?: name| person)?|(?:site |centre )?manager(?: name)?|head ?teacher(?: name)?",
        r"officer",
        r"(?:first|last|sur) ?name|forename|surname|lead|named contact|key contact|coordinator",
    ),
    (r"contact name", r"contact person"),
)
COLUMNS: Final = (
    NAME, LATITUDE, LONGITUDE, EASTING, NORTHING, COORDINATES, POSTCODE, ADDRESS, *ADDRESS_MORE,
    TOWN, CATEGORY, DESCRIPTION, TELEPHONE, EMAIL, WEBSITE, HOURS, FOR_WHOM, REFERENCE, PERSON,
)  # fmt: skip
ENOUGH: Final = (frozenset({"name"}),)
