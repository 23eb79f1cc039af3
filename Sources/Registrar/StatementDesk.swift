public import Credentials
public import Cryptography
public import Encoding
public import Records
import Registry
import Verification

/// Issues statements about persons on the node of the country where the issuer is known.
///
/// `Protocol/credential.md § Statements`. What is issued goes through `CredentialDesk`.
public struct StatementDesk: Sendable {
    public typealias Issued = CredentialDesk.Issued

    private let desk: CredentialDesk

    /// Days within which the batch of a statement must be logged.
    private static let loggingDays: Int64 = 30

    /// - Parameter issuer: the id of the authority or body, as the log names it.
    public init(office: Office, records: RecordStore, key: SigningKey, issuer: String) throws {
        desk = try CredentialDesk(office: office, records: records, key: key, issuer: issuer)
    }

    /// Signs the statements as one batch, records them, logs the batch, and gives the files.
    public func issue(
        _ requests: [StatementRequest], holderKeys: [String: JSONWebKey], at now: Timestamp
    ) async throws -> Issued {
        var generator = SystemRandomNumberGenerator()
        let ids = requests.map { _ in
            Hexadecimal.encode([UInt8].random(count: 16, using: &generator))
        }
        func credentials(_ slots: [StatusReference]) -> [StatementCredential] {
            zip(requests, zip(ids, slots)).map { request, place in
                request.credential(
                    id: place.0, by: desk.issuer, country: desk.office.card.country,
                    status: place.1, at: now,
                    holder: request.holderKey.flatMap { holderKeys[$0] })
            }
        }
        let unplaced = StatusReference(uri: desk.issuer, index: 0)
        try requireCompetence(for: credentials(requests.map { _ in unplaced }), at: now)
        return try await desk.issue(requests.count, at: now) { slots in
            credentials(slots).map(IssuedCredential.statement)
        }
    }

    /// Whoever has no mandate for a statement, no accreditation for it, or no key in force,
    /// issues nothing.
    private func requireCompetence(
        for statements: [StatementCredential], at now: Timestamp
    ) throws {
        let state = try desk.office.state(about: [desk.issuer], at: now)
        let hasAuthorityKey = state.grants.contains {
            $0.role == .authority && $0.holder == desk.issuer && $0.key == desk.verifier
                && $0.signs(at: .max - 1)
        }
        for statement in statements {
            let competence = StatementCompetence(of: statement, in: state)
            let isMandated = hasAuthorityKey && competence.mandate(at: .max) != nil
            let isAccredited = competence.accreditations.contains {
                $0.accreditation.key == desk.verifier && $0.standing.end == nil
            }
            let days = now.day.daysSince1970 - statement.issued.daysSince1970
            let reason: String? =
                if !isMandated, !isAccredited {
                    missing(competence)
                } else if days < 0 {
                    "it is dated in the future"
                } else if days > StatementDesk.loggingDays {
                    "it is dated more than \(StatementDesk.loggingDays) days ago; `issued` is the "
                        + "day of the statement, not of what it tells of"
                } else {
                    nil
                }
            if let reason {
                throw RegistrarError.notCompetent(
                    issuer: desk.issuer, kind: statement.kind.rawValue, reason: reason)
            }
        }
    }

    private func missing(_ competence: StatementCompetence) -> String {
        let accreditation =
            competence.neededAccreditation.map { ", and no accreditation for \($0)" } ?? ""
        return "the log holds no mandate for it with this key that stands today\(accreditation)"
    }
}
