import Encoding

/// The events about statements, found by what they are about.
///
/// Linear in the events, however many there are: those about one statement by its id, and the
/// selectors by the first thing that they name.
struct StatementEvents {
    private var byTarget: [String: [StatementEvent]] = [:]
    private var byBody: [String: [StatementEvent]] = [:]
    private var bySite: [String: [StatementEvent]] = [:]
    private var byQualification: [String: [StatementEvent]] = [:]

    init(_ events: [StatementEvent]) {
        for event in events {
            switch event.target {
            case .statement(let id): byTarget[id, default: []].append(event)
            case .selector(let selector): add(event, selector)
            }
        }
    }

    private mutating func add(_ event: StatementEvent, _ selector: StatementEvent.Selector) {
        if let body = selector.body {
            byBody[body, default: []].append(event)
        } else if let site = selector.site {
            bySite[site, default: []].append(event)
        } else if let qualification = selector.qualification {
            byQualification[qualification, default: []].append(event)
        }
    }

    /// The events about one statement by its id.
    func about(_ id: String) -> [StatementEvent] { byTarget[id] ?? [] }

    /// The events that select something of a body, at a site, of a qualification, of a day.
    func selecting(
        body: String?, site: String?, qualification: String? = nil, on day: CalendarDate
    ) -> [StatementEvent] {
        let named =
            [(body, byBody), (site, bySite), (qualification, byQualification)]
            .flatMap { name, events in name.flatMap { events[$0] } ?? [] }
        return named.filter { event in
            guard case .selector(let selector) = event.target else { return false }
            return selector.selects(
                body: body, site: site, qualification: qualification, on: day)
        }
    }
}
