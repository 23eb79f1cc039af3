public import Credentials
import Encoding
public import Registry

/// Who may make a statement about a person, by the log of the issuer's country
/// (`Protocol/credential.md § Statements`).
///
/// Whether a decision's mandate covers its target, its place and its purposes is not asked
/// here: a decision outside of it is advice, which is judged with the worth.
public struct StatementCompetence: Sendable {
    private let statement: StatementCredential
    private let state: LogState

    public init(of statement: StatementCredential, in state: LogState) {
        self.statement = statement
        self.state = state
    }

    /// Whether the log knows the issuer at all.
    var knowsIssuer: Bool {
        !authorityGrants.isEmpty || !state.accreditations(of: statement.issuer).isEmpty
    }

    var authorityGrants: [KeyGrant] {
        state.grants.filter { $0.role == .authority && $0.holder == statement.issuer }
    }

    /// A mandate of the issuer, standing at that index of the log and on the day of the
    /// statement, that allows it to make it; nil if there is none.
    public func mandate(at index: UInt64) -> Mandate? {
        let standing = state.mandates(of: statement.issuer, at: index, on: statement.issued)
        return standing.first { allows($0) }
    }

    private func allows(_ mandate: Mandate) -> Bool {
        func isAllowed(
            _ competences: [Mandate.Competence], about subject: String?, in place: String?
        ) -> Bool {
            guard let subject else { return false }
            return competences.contains {
                mandate.allows($0, about: [subject], in: place, on: statement.issued)
            }
        }
        switch statement.kind {
        case .decision, .decisionEvent:
            return isStanding(mandate) && mandate.competences.contains(.recognise)
        case .alert:
            return isAllowed([.alert], about: occupation, in: jurisdiction)
        case .link:
            return isAllowed([.register], about: "identity", in: nil)
        case .evidence where isOfRegister:
            return isAllowed([.register, .license], about: occupation, in: jurisdiction)
        case .evidence:
            return isStanding(mandate)
        }
    }

    private func isStanding(_ mandate: Mandate) -> Bool {
        mandate.period.contains(statement.issued)
    }

    private var occupation: String? {
        statement.statement["occupation"]?.string.map { "isco:\($0)" }
    }

    private var jurisdiction: String? { statement.statement["jurisdiction"]?.string }

    private var evidenceKind: EvidenceKind? {
        statement.kind == .evidence
            ? statement.statement["kind"]?.string.flatMap(EvidenceKind.init(rawValue:)) : nil
    }

    /// Whether it tells what a register of a profession holds: only who keeps one can.
    private var isOfRegister: Bool {
        evidenceKind == .registration || evidenceKind == .goodStanding
    }

    /// What a body must be accredited for to issue this evidence; nil where no accreditation
    /// is enough.
    public var neededAccreditation: String? {
        guard let kind = evidenceKind, !isOfRegister else { return nil }
        let name = statement.statement[kind == .language ? "language" : "name"]?.string
        return name.map { "\(kind.rawValue):\($0)" } ?? kind.rawValue
    }

    /// The accreditations of the issuer that cover the evidence on its day, ended ones
    /// included.
    public var accreditations: [StandingAccreditation] {
        guard let needed = neededAccreditation else { return [] }
        return state.accreditations(of: statement.issuer).filter {
            $0.accreditation.covers(needed, on: statement.issued)
        }
    }
}
