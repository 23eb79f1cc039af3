public import Credentials
public import Cryptography
public import Encoding
public import Issuance
public import Records
import Registry

/// Issues awards on the node of the country where the body is accredited.
///
/// `Protocol/batch.md`. What is issued goes through `CredentialDesk`.
public struct AwardDesk: Sendable {
    public typealias Issued = CredentialDesk.Issued

    let desk: CredentialDesk

    /// - Parameter body: the id of the body, as its accreditation names it.
    public init(office: Office, records: RecordStore, key: SigningKey, body: String) throws {
        desk = try CredentialDesk(office: office, records: records, key: key, issuer: body)
    }

    /// Signs the awards as one batch, records them, logs the batch, and gives the files.
    public func issue(
        _ requests: [AwardRequest], holderKeys: [String: JSONWebKey], at now: Timestamp
    ) async throws -> Issued {
        try await issue(requests, holderKeys: holderKeys, ending: [], at: now)
    }

    /// - Parameter ended: the places of a certificate whose place they take.
    func issue(
        _ requests: [AwardRequest], holderKeys: [String: JSONWebKey],
        ending ended: [StatusReference], at now: Timestamp
    ) async throws -> Issued {
        try requireAccreditation(for: requests, at: now)
        return try await desk.issue(
            requests.count, .init(kept: requests.map(\.kept), ended: ended), at: now
        ) { slots in
            zip(requests, slots).map { request, slot in
                .award(
                    request.credential(
                        by: desk.issuer, country: desk.office.card.country, status: slot, at: now,
                        holder: request.holderKey.flatMap { holderKeys[$0] }))
            }
        }
    }

    /// A body whose accreditation has ended, or never covered the award, issues nothing; nor does
    /// it award what the log does not register.
    func requireAccreditation(for requests: [AwardRequest], at now: Timestamp) throws {
        let state = try desk.office.state(
            of: desk.issuer, awarding: Set(requests.map(\.qualification)), at: now)
        var rules = AwardRules(state, issuer: desk.issuer, key: desk.verifier, at: now)
        for request in requests {
            if let refusal = rules.refusal(of: request) { throw refusal.error }
        }
    }
}
