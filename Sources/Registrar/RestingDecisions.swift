import Credentials
import Encoding
import Recognition
import Records
import Registry

/// Reads from records and from further documents what rests on what an event selects.
///
/// Every record is opened once. What was not issued here is taken as it stands: a forged document
/// can add a line to look at, and take none away.
struct RestingDecisions {
    private let selector: StatementEvent.Selector
    private let accreditations: [Accreditation]
    private var decisions: [Decision] = []
    private var selected: Set<String> = []
    private var known: Set<String> = []
    /// Where a decision lies here, by its id.
    private(set) var records: [String: RecordID] = [:]

    /// - Parameter accreditations: of the body, ended ones included: where it awarded what.
    init(_ selector: StatementEvent.Selector, _ accreditations: [Accreditation]) {
        self.selector = selector
        self.accreditations = accreditations
    }

    mutating func read(_ store: RecordStore) throws {
        var last: Int64 = 0
        while true {
            let page = try store.summaries(after: last, limit: 1_000)
            guard let newest = page.last else { return }
            last = newest.number
            for summary in page where !summary.isErased {
                let before = decisions.count
                read(try store.record(summary.id).credential)
                if before < decisions.count { records[decisions[before].id] = summary.id }
            }
        }
    }

    /// A credential of another kind, or one that does not read, says nothing.
    mutating func read(_ credential: SDJWT) {
        switch try? IssuedCredential(parsing: credential) {
        case .award(let award)?:
            known.insert(credential.reference)
            if selects(award) { selected.insert(credential.reference) }
        case .statement(let statement)?:
            known.insert(statement.id)
            let site = statement.statement["site"]?.string ?? selector.site
            let day = statement.evidenceDay ?? statement.issued
            if selects(statement.issuer, site, on: day)
                || selects(statement.issuer, site, on: statement.issued)
            {
                selected.insert(statement.id)
            }
            if let decision = statement.decision { decisions.append(decision) }
        case nil: break
        }
    }

    private func selects(_ body: String, _ site: String?, on day: CalendarDate) -> Bool {
        selector.selects(body: body, site: site, qualification: nil, on: day)
    }

    /// The site is that of the accreditation; where none is known, it is no excuse.
    private func selects(_ award: QualificationCredential) -> Bool {
        let sites = accreditations.filter {
            $0.body == award.issuer && $0.covers(award.qualification, on: award.awarded)
        }.map(\.site)
        let possible = sites.isEmpty ? [nil] : sites
        return possible.contains { selects(award.issuer, $0 ?? selector.site, on: award.awarded) }
    }

    var consequences: Consequences {
        Consequences(of: selector, selecting: selected, among: decisions, known: known)
    }
}

extension StatementCredential {
    /// The day of what evidence tells of, as an event selects it.
    fileprivate var evidenceDay: CalendarDate? {
        guard kind == .evidence else { return nil }
        return (statement["date"] ?? statement["since"])?.string
            .flatMap(CalendarDate.init(parsing:))
    }

    fileprivate var decision: Decision? {
        guard kind == .decision else { return nil }
        var reader = MemberReader(statement, at: "statement")
        return try? Decision(
            reading: &reader, Authorship(id: id, author: frame.issuer, recorded: issued), holder: ""
        )
    }
}
