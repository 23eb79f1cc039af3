public import Encoding
public import Registry

/// What the engine knows of an award whose credential has been found genuine.
public struct Award: Hashable, Sendable {
    /// How verdicts refer to it: `renew:<id>`.
    public let id: String
    public let qualification: Qualification
    public let body: String
    public let awarded: CalendarDate
    public let validUntil: CalendarDate?
    public let started: CalendarDate?
    /// `formal` unless said otherwise.
    public let mode: String
    /// The codes of the units achieved; nil: all.
    public let units: [String]?

    public init(
        id: String, qualification: Qualification, body: String, awarded: CalendarDate,
        validUntil: CalendarDate?, started: CalendarDate? = nil, mode: String = "formal",
        units: [String]? = nil
    ) {
        self.id = id
        self.qualification = qualification
        self.body = body
        self.awarded = awarded
        self.validUntil = validUntil
        self.started = started
        self.mode = mode
        self.units = units
    }

    /// Whether it covers every unit of the version that is not elective. An award that lists
    /// units of a version without known units is not known to.
    public var isWhole: Bool {
        guard let units else { return true }
        let needed = qualification.units.filter { $0.kind != "elective" }.map(\.code)
        return !needed.isEmpty && Set(units).isSuperset(of: needed)
    }

    /// The last day on which the award is current: its own end, or what the qualification says.
    public var currentUntil: CalendarDate? {
        validUntil ?? qualification.awardValidMonths.map { awarded.adding(months: $0) }
    }
}
