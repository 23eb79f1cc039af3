import Encoding
import Recognition
import Registry

/// An award of a case file, before its qualification is found.
struct AwardFixture: Hashable {
    let id: String
    let qualification: String
    private let body: String
    private let site: String?
    private let holder: String
    private let awarded: CalendarDate
    private let started: CalendarDate?
    private let validUntil: CalendarDate?
    private let mode: String
    private let units: [String]?
    private let limits: [String: TaskLimit]
    private let confirmEveryMonths: Int64?
    private let confirmed: [CalendarDate]
    private let signature: Award.Signature
    private let recorded: CalendarDate?

    init(
        reading reader: inout FixtureReader, id: String, recorded: CalendarDate?
    ) throws(CaseError) {
        self.id = id
        self.recorded = recorded
        qualification = try reader.string("qual")
        body = try reader.string("body")
        site = try reader.optionalString("site")
        holder = try reader.string("holder")
        awarded = try reader.date("date")
        started = try reader.optionalDate("started")
        validUntil = try reader.optionalDate("valid_until")
        mode = try reader.optionalString("mode") ?? "formal"
        units = reader.members["units"] == nil ? nil : try reader.strings("units")
        _ = reader.value("units")
        limits = try AwardFixture.limits(&reader)
        confirmEveryMonths = try reader.optionalInteger("confirm_every_months")
        var days: [CalendarDate] = []
        for text in try reader.strings("confirmed") {
            guard let day = CalendarDate(parsing: text) else {
                throw .form(.wrongForm(path: "\(reader.path).confirmed", expected: "dates"))
            }
            days.append(day)
        }
        confirmed = days
        let word = try reader.optionalString("sig") ?? "ok"
        guard let signature = Award.Signature(rawValue: word) else {
            throw .form(
                .wrongForm(path: "\(reader.path).sig", expected: "ok, bad or unchecked"))
        }
        self.signature = signature
    }

    private static func limits(
        _ reader: inout FixtureReader
    ) throws(CaseError) -> [String: TaskLimit] {
        var limits: [String: TaskLimit] = [:]
        for member in try reader.object("limits").members where member.value != .null {
            guard let limit = limit(member.value) else {
                throw .form(
                    .wrongForm(
                        path: "\(reader.path).limits.\(member.name)",
                        expected: "a list of values, or min and max"))
            }
            limits[member.name] = limit
        }
        return limits
    }

    /// The values of one essential variable; nil: it has neither form.
    private static func limit(_ value: JSONValue) -> TaskLimit? {
        if let object = value.object {
            guard let least = object["min"]?.integer, let most = object["max"]?.integer,
                least <= most
            else { return nil }
            return .range(min: least, max: most)
        }
        let values = value.asList.compactMap(\.string)
        return values.count == value.asList.count ? .values(values) : nil
    }

    func award(of qualification: Qualification) -> Award {
        Award(
            id: id, holder: holder, qualification: qualification, body: body, site: site,
            awarded: awarded, started: started, validUntil: validUntil, mode: mode, units: units,
            limits: limits, confirmEveryMonths: confirmEveryMonths, confirmed: confirmed,
            authenticity: .toBeJudged(signature), recorded: recorded)
    }
}
