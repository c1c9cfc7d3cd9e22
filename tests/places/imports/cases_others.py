"""Places, grants, services and shapes as other councils and funders publish them."""

from typing import Any, Final

from tests.places.imports.cases import Case, document, text, workbook

LOCATIONS: Final = (
    Case(
        "latitude and longitude",
        "locations",
        text("Name,Address,Postcode,Latitude,Longitude", "Hall,1 High St,SE1 7PB,51.501,-0.119"),
        taken=1,
        first={"name": "Hall", "postcode": "SE1 7PB", "point": "-0.119 51.501"},
    ),
    Case(
        "the headings of latitude and longitude changed over: refused, never moved",
        "locations",
        text("Site,Lat,Long", "Hall,-0.119,51.501", "Park,51.45,-0.12"),
        taken=1,
        errors={2: "wrong way round"},
    ),
    Case(
        "eastings and northings",
        "locations",
        text(
            "Library,Easting,Northing,Opening Hours",
            "Central,530700,180100,9-5",
            'Branch,"531,000","175,500",10-4',
        ),
        taken=2,
        first={"opening_hours": "9-5"},
    ),
    Case(
        "X and Y, one lacks a digit, one is in the sea",
        "locations",
        text("SITE_NAME,X,Y", "One,530700,180100", "Two,53070,180100", "Three,650000,50000"),
        taken=1,
        errors={3: "sea", 4: "sea|outside"},
    ),
    Case(
        "degrees in the sea, on no earth, without a minus",
        "locations",
        text("Name,Latitude,Longitude", "A,0,0", "B,512,0.1", "C,53.0,4.5", "D,51.5,-0.1"),
        taken=1,
        errors={2: "0", 3: "not on Earth", 4: "minus|sea"},
    ),
    Case(
        "postcodes only stay text, and go on the list without a point",
        "locations",
        text("Community Centre,Post Code", "Lanes Hall,se11 6js", "Weir Hall,SW2 1RW"),
        taken=2,
        first={"postcode": "SE11 6JS", "point": "None"},
        says="not on the map",
    ),
    Case(
        "a grid reference, and a point in one cell",
        "locations",
        text("Name,Grid Reference", "Hall,TQ 310 800", "Shed,TQ3075"),
        taken=2,
    ),
    Case(
        "a point in one cell as latitude, longitude",
        "locations",
        text("Toilet,Location,Coordinates", 'Park,Gate,"51.501, -0.119"'),
        taken=1,
        first={"point": "-0.119 51.501"},
    ),
    Case(
        "GeoX and GeoY as a council's open data form asks",
        "locations",
        text(
            "ExtractDate,OrganisationURI,OrganisationLabel,UPRN,Name,GeoX,GeoY,"
            "GeoPointLicensingURL,Category",
            "2024-04-01,http://x,Weirshire,1001,Market toilets,530700,180100,http://l,Accessible",
        ),
        taken=1,
        first={"name": "Market toilets"},
    ),
    Case(
        "a title above, blanks between, a row without a name, a row without a place",
        "locations",
        text(
            "Community buildings,,",
            ",,",
            "Venue,Address,Postcode",
            "Hall,1 High St,SE1 7PB",
            ",,",
            ",2 High St,SE1 7PB",
            "Nowhere,,",
        ),
        taken=1,
        errors={6: "called", 7: "nobody could find it"},
    ),
    Case(
        "the same place twice is one place",
        "locations",
        text("Name,Postcode", "Hall,SE1 7PB", "Hall,SE1 7PB"),
        taken=1,
        errors={3: "row 2 already"},
    ),
    Case(
        "a workbook of places with numbers as numbers",
        "locations",
        workbook(
            About=[["Places in the borough"]],
            Places=[["Name", "Latitude", "Longitude"], ["Hall", 51.501, -0.119]],
        ),
        taken=1,
        name="places.xlsx",
    ),
    Case(
        "names of people are left out",
        "locations",
        text("Centre,Manager,Postcode", "Hall,Pat Weir,SE1 7PB"),
        taken=1,
        first={"extra": "{}"},
        says="left out",
    ),
)


def grant(number: int, **more: Any) -> dict[str, Any]:
    """A grant as the standard has it."""
    return {
        "id": f"360G-weir-{number}",
        "title": "Lunch club",
        "description": "Lunch for forty",
        "currency": "GBP",
        "amountAwarded": 500 * number,
        "awardDate": "2024-04-01",
        "recipientOrganization": [{"id": "GB-CHC-1", "name": "Lanes"}],
        "fundingOrganization": [{"id": "GB-LAE-X", "name": "Weir Fund"}],
    } | more


GRANT: Final = (
    "360G-weir-1,Lunch,Lunch for forty,GBP,1000.50,2024-04-01,GB-CHC-1,Lanes,GB-LAE-X,Weir Fund"
)
GRANTS: Final = (
    Case(
        "a package of grants",
        "threesixtygiving",
        document({"grants": [grant(1), grant(2), grant(3, amountAwarded="x")]}),
        taken=2,
        total="1500.00",
        errors={3: "amount|not an amount"},
        name="grants.json",
    ),
    Case(
        "a bare list of grants",
        "threesixtygiving",
        document([grant(1, amountAwarded=99.99)]),
        taken=1,
        total="99.99",
        name="grants.json",
    ),
    Case(
        "the standard's titles in CSV",
        "threesixtygiving",
        text(
            "Identifier,Title,Description,Currency,Amount Awarded,Award Date,"
            "Recipient Org:Identifier,Recipient Org:Name,Funding Org:Identifier,Funding Org:Name",
            GRANT,
        ),
        taken=1,
        total="1000.50",
        first={"recipient_name": "Lanes", "funder_name": "Weir Fund"},
    ),
    Case(
        "titles with the number of the item: Recipient Org:0:Name",
        "threesixtygiving",
        text(
            "Identifier,Title,Description,Currency,Amount Awarded,Award Date,"
            "Recipient Org:0:Identifier,Recipient Org:0:Name,Funding Org:0:Identifier,"
            "Funding Org:0:Name",
            GRANT,
        ),
        taken=1,
        total="1000.50",
        first={"recipient_identifier": "GB-CHC-1"},
    ),
    Case(
        "paths: recipientOrganization/0/name",
        "threesixtygiving",
        text(
            "id,title,description,currency,amountAwarded,awardDate,recipientOrganization/0/id,"
            "recipientOrganization/0/name,fundingOrganization/0/id,fundingOrganization/0/name",
            GRANT,
        ),
        taken=1,
        total="1000.50",
        first={"recipient_name": "Lanes", "funder_identifier": "GB-LAE-X"},
    ),
    Case(
        "a workbook with a sheet that tells about it, then the grants",
        "threesixtygiving",
        workbook(
            meta=[["Title", "Grants 2024"], ["Publisher", "Weir Fund"]],
            grants=[
                [
                    *("Identifier", "Title", "Currency", "Amount Awarded", "Award Date"),
                    *("Recipient Org:Name", "Funding Org:Name"),
                ],
                ["a-1", "Lunch", "GBP", 1000, "2024-04-01", "Lanes", "Weir Fund"],
                ["a-1", "Lunch", "GBP", 1000, "2024-04-01", "Lanes", "Weir Fund"],
            ],
        ),
        taken=1,
        total="1000.00",
        errors={3: "counted once"},
        name="grants.xlsx",
    ),
    Case(
        "a grant to a person does not name them",
        "threesixtygiving",
        document(
            {
                "grants": [
                    grant(
                        1,
                        recipientOrganization=[],
                        recipientIndividual=[{"id": "p-1", "name": "Pat Weir"}],
                    )
                ]
            }
        ),
        taken=1,
        total="500.00",
        first={"recipient_name": "A person", "recipient_identifier": ""},
        name="grants.json",
    ),
    Case(
        "JSON that is no list of grants",
        "threesixtygiving",
        b'{"services": []}',
        refused="no list of grants",
        name="grants.json",
    ),
)

SERVICE: Final = {
    "id": "s-1",
    "name": "Lunch club",
    "status": "active",
    "organization": {"id": "o-1", "name": "Lanes"},
}
HALL: Final = {"id": "l-1", "name": "Hall", "latitude": 51.501, "longitude": -0.119}
SERVICES: Final = (
    Case(
        "a page of a feed",
        "open-referral-uk",
        document({"total_pages": 3, "page_number": 1, "contents": [SERVICE]}),
        taken=1,
        says="page 1 of 3",
        name="services.json",
    ),
    Case(
        "a list of services, one without a name, one that stands twice",
        "open-referral-uk",
        document([SERVICE, {"id": "s-2", "status": "active"}, SERVICE]),
        taken=1,
        errors={2: "no name", 3: "identifier of number 1"},
        name="services.json",
    ),
    Case(
        "one service in detail, its place in the sea kept off the map",
        "open-referral-uk",
        document(
            SERVICE
            | {
                "service_at_locations": [
                    {"location": HALL},
                    {"location": HALL | {"latitude": 0.1, "longitude": 0.1}},
                ]
            }
        ),
        taken=1,
        first={"name": "Lunch club"},
        name="service.json",
    ),
    Case(
        "organisations and the services in them",
        "open-referral-uk",
        document(
            {"contents": [{"id": "o-1", "name": "Lanes", "services": [{"id": "s", "name": "Tea"}]}]}
        ),
        taken=2,
        name="organizations.json",
    ),
    Case(
        "organisations with lists that are empty are no services",
        "open-referral-uk",
        document([{"id": "o-1", "name": "Lanes", "url": "https://example.org", "services": []}]),
        taken=1,
        first={"website": "https://example.org"},
        name="organizations.json",
    ),
    Case(
        "a service with its place named beside it",
        "open-referral-uk",
        document({"id": "at-1", "service": SERVICE, "location": HALL}),
        taken=1,
        name="at.json",
    ),
    Case(
        "a table is no feed",
        "open-referral-uk",
        text("id,name", "1,Tea"),
        refused="comes as JSON",
    ),
)

SQUARE: Final = [[-0.12, 51.5], [-0.11, 51.5], [-0.11, 51.51], [-0.12, 51.51], [-0.12, 51.5]]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: Any) -> dict[str, Any]:
    """A GeoJSON polygon."""
    return {"type": "Polygon", "coordinates": list(rings)}


SHAPES: Final = (
    Case(
        "a collection: a point, a ring left open, a bow, no shape, a shape at sea",
        "geojson",
        document(
            {
                "type": "FeatureCollection",
                "features": [
                    feature({"type": "Point", "coordinates": [-0.119, 51.501]}, name="Hall"),
                    feature(polygon(SQUARE[:-1]), name="Open"),
                    feature(polygon([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]])),
                    feature(None, name="Lost"),
                    feature({"type": "Point", "coordinates": [4.5, 53.0]}, name="Sea"),
                    feature(polygon([[-0.1, 51.5]]), name="Broken"),
                    feature({"type": "Point", "coordinates": ["a", "b"]}, name="Words"),
                ],
            }
        ),
        taken=3,
        errors={4: "no shape", 5: "sea|minus|wrong", 6: "cannot be read", 7: "cannot be read"},
        name="shapes.geojson",
    ),
    Case(
        "a single feature",
        "geojson",
        document(feature(polygon(SQUARE), NAME="Northbank")),
        taken=1,
        name="ward.geojson",
    ),
    Case("a geometry alone", "geojson", document(polygon(SQUARE)), taken=1, name="g.json"),
    Case(
        "metres of the National Grid, as it says",
        "geojson",
        document(
            {
                "type": "FeatureCollection",
                "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
                "features": [feature({"type": "Point", "coordinates": [530700, 180100]}, n="x")],
            }
        ),
        taken=1,
        says="National Grid",
        name="grid.geojson",
    ),
    Case(
        "metres of the National Grid, and it does not say so",
        "geojson",
        document(feature({"type": "Point", "coordinates": [530700, 180100]})),
        errors={1: "National Grid|not on Earth"},
        name="grid.geojson",
    ),
    Case(
        "another system is refused as a whole",
        "geojson",
        document(
            {
                "type": "FeatureCollection",
                "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
                "features": [],
            }
        ),
        refused="3857",
        name="mercator.geojson",
    ),
    Case(
        "latitude first is told, not mended",
        "geojson",
        document(feature({"type": "Point", "coordinates": [51.501, -0.119]}, name="Hall")),
        errors={1: "wrong way round"},
        name="swapped.geojson",
    ),
    Case(
        "it breaks off in the middle",
        "geojson",
        b'{"type": "FeatureCollection", "features": [{"type":',
        refused="ends before it is finished",
        name="half.geojson",
    ),
    Case("TopoJSON", "geojson", b'{"type": "Topology"}', refused="TopoJSON", name="t.json"),
)
OTHERS: Final = (*LOCATIONS, *GRANTS, *SERVICES, *SHAPES)
