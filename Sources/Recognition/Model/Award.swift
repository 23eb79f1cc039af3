public import Encoding
public import Registry

/// What the engine knows of an award.
public struct Award: Hashable, Sendable {
    /// What is known of the credential itself.
    public enum Authenticity: Hashable, Sendable {
        /// Signature, issuer and status were found good by the checks of a verdict.
        case proven
        /// The engine judges by the statements of the set; the signature is as stated.
        case toBeJudged(Signature)
    }

    public enum Signature: String, Hashable, Sendable { case ok, bad, unchecked }

    /// How verdicts refer to it: `renew:<id>`.
    public let id: String
    /// How decisions that rest on it name it, where that is not the id:
    /// `Protocol/credential.md § Statements`.
    public let reference: String?
    /// A pseudonym; the same for one person under one name.
    public let holder: String?
    public let qualification: Qualification
    public let body: String
    public let site: String?
    public let awarded: CalendarDate
    public let started: CalendarDate?
    public let validUntil: CalendarDate?
    /// `formal` unless said otherwise.
    public let mode: String
    /// The codes of the units achieved; nil: all.
    public let units: [String]?
    /// The essential variables within which it proves a task.
    public let limits: [String: TaskLimit]
    /// A test that must be confirmed in such steps stays current from one to the next.
    public let confirmEveryMonths: Int64?
    public let confirmed: [CalendarDate]
    public let authenticity: Authenticity
    public let recorded: CalendarDate?

    public init(
        id: String, reference: String? = nil, holder: String? = nil, qualification: Qualification,
        body: String,
        site: String? = nil, awarded: CalendarDate, started: CalendarDate? = nil,
        validUntil: CalendarDate? = nil, mode: String = "formal", units: [String]? = nil,
        limits: [String: TaskLimit] = [:], confirmEveryMonths: Int64? = nil,
        confirmed: [CalendarDate] = [], authenticity: Authenticity, recorded: CalendarDate? = nil
    ) {
        self.id = id
        self.reference = reference
        self.holder = holder
        self.qualification = qualification
        self.body = body
        self.site = site
        self.awarded = awarded
        self.started = started
        self.validUntil = validUntil
        self.mode = mode
        self.units = units
        self.limits = limits
        self.confirmEveryMonths = confirmEveryMonths
        self.confirmed = confirmed
        self.authenticity = authenticity
        self.recorded = recorded
    }

    /// Whether it covers every unit of the version that is not elective; nil: it lists units of
    /// a version whose units are not known.
    var isWhole: Bool? {
        guard let units else { return true }
        let needed = qualification.requiredUnits
        return needed.isEmpty ? nil : Set(units).isSuperset(of: needed)
    }

    /// The units that it proves.
    var achievedUnits: [String] { units ?? qualification.units.map(\.code) }

    /// The last day on which it is current as known on a day: its own end, the validity rule of
    /// its qualification, the last confirmation in time; nil: it does not expire.
    func currentUntil(on day: CalendarDate) -> CalendarDate? {
        let own = validUntil ?? qualification.awardValidMonths.map { awarded.adding(months: $0) }
        guard let step = confirmEveryMonths else { return own }
        let last = ([awarded] + confirmed).filter { $0 <= day }.max() ?? awarded
        let confirmedUntil = last.adding(months: step)
        return own.map { min($0, confirmedUntil) } ?? confirmedUntil
    }
}

/// The values of one essential variable within which an award proves a task.
public enum TaskLimit: Hashable, Sendable {
    case values([String])
    case range(min: Int64, max: Int64)

    func admits(_ value: TaskValue) -> Bool {
        switch (self, value) {
        case (.values(let admitted), .texts(let asked)): Set(admitted).isSuperset(of: asked)
        case (.range(let least, let most), .number(let asked)): (least...most).contains(asked)
        default: false
        }
    }
}

/// What a task asks of one essential variable.
public enum TaskValue: Hashable, Sendable {
    case texts([String])
    case number(Int64)
}

extension Qualification {
    /// The units without which an award is not whole.
    var requiredUnits: [String] { units.filter { $0.kind != "elective" }.map(\.code) }
}
