public import Credentials
public import Cryptography
public import Encoding
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
        _ requests: [AwardRequest], holderKeys: [String: VerificationKey], at now: Timestamp
    ) async throws -> Issued {
        try requireAccreditation(for: requests, at: now)
        return try await desk.issue(requests.count, at: now) { slots in
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
        let subjects = Set(requests.map(\.qualification) + [desk.issuer])
        let state = try desk.office.state(about: subjects, at: now)
        let accreditations = state.accreditations(of: desk.issuer)
        for request in requests {
            try requireRegistration(of: request, in: state)
            let covering = accreditations.filter {
                $0.accreditation.key == desk.verifier
                    && $0.accreditation.covers(request.qualification, on: request.awarded)
            }
            let standing = covering.first { $0.standing.end == nil }
            let reason: String? =
                if accreditations.isEmpty {
                    "no accreditation of it is in the log"
                } else if covering.isEmpty {
                    "its accreditation does not cover it on \(request.awarded) with this key"
                } else if standing == nil {
                    "its accreditation has ended [accreditation-withdrawn]"
                } else if request.awarded > now.day {
                    "the award is dated in the future"
                } else if isLate(request, standing, now) {
                    "the award is older than may be logged; an archive confirmation needs an "
                        + "`archive` page and an accreditation that allows it"
                } else {
                    nil
                }
            if let reason {
                throw RegistrarError.notAccredited(
                    body: desk.issuer, qualification: request.qualification, reason: reason)
            }
        }
    }

    /// A version that the log does not register on the day of the award is nobody's to award.
    private func requireRegistration(of request: AwardRequest, in state: LogState) throws {
        let registered = state.qualifications(request.qualification)
            .filter { $0.1.stands(on: request.awarded) }.map(\.qualification.version)
        guard !registered.contains(request.version) else { return }
        throw RegistrarError.notRegistered(
            qualification: request.qualification, version: request.version,
            registered: Set(registered).sorted())
    }

    private func isLate(
        _ request: AwardRequest, _ accreditation: StandingAccreditation?, _ now: Timestamp
    ) -> Bool {
        guard let accreditation = accreditation?.accreditation else { return true }
        let days = now.day.daysSince1970 - request.awarded.daysSince1970
        let isArchive = request.archive != nil && accreditation.allowsArchive
        return days > accreditation.loggingDays && !isArchive
    }
}
