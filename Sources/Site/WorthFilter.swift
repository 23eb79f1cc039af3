internal import Recognition

/// The lines about worth that somebody asks for: of one place, for one purpose.
struct WorthFilter {
    let places: [String]
    private let purpose: Purpose?

    /// - Parameter query: of the address.
    init(_ query: [String: String]) throws(SiteProblem) {
        let place = query["destination"]
        if let place, !AskedQuestion.isPlace(place) {
            throw .wrong(
                "destination", expected: "a country such as NZ or a part of one such as CA-QC",
                found: place)
        }
        places = place.map { [$0] } ?? []
        purpose = try query["purpose"].map { text throws(SiteProblem) in
            try AskedQuestion.purpose(text)
        }
    }

    /// What is stated for a country holds in its parts.
    func admits(_ row: WorthRow) -> Bool {
        let isThere =
            places.isEmpty
            || places.contains {
                Jurisdiction($0).covers(row.destination)
                    || Jurisdiction(row.destination).covers($0)
            }
        return isThere && (purpose == nil || row.purpose == purpose)
    }
}
