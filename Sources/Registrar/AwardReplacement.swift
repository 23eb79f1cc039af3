public import Credentials
import Cryptography
public import Encoding
import Issuance
public import Records
import Registry

/// A certificate that takes the place of another.
///
/// `Protocol/status-list.md § Reasons`, `Protocol/credential.md § Claims`. The new batch and the
/// list that says that the old one was replaced are logged together or not at all.
extension AwardDesk {
    /// Issues the award of a record again with corrections, and ends the old certificate.
    ///
    /// Everything that is not corrected stays, the holder's key and what the registrar keeps too. An
    /// award older than the logging days is an archive confirmation: it needs its register page as
    /// the claim `archive`, and an accreditation that allows it.
    ///
    /// - Parameters:
    ///   - corrections: claims and their new texts, dates as `YYYY-MM-DD`; an empty text removes a
    ///     claim that need not be there.
    ///   - holderKeys: by the names that the corrections give.
    /// - Throws: `RegistrarError.statusRefused` for a certificate that was revoked or replaced.
    public func replace(
        _ id: RecordID, correcting corrections: [(claim: String, text: String)],
        holderKeys: [String: JSONWebKey], at now: Timestamp
    ) async throws -> Issued {
        let old = try desk.ownRecord(id)
        try desk.statuses.catchUp(old.status.uri)
        let record = try desk.records.record(id)
        guard case .award(let award) = try IssuedCredential(parsing: record.credential) else {
            throw RegistrarError.notAnAward(record: id.description)
        }
        let found = try desk.statuses.ledger.status(of: old.status)
        guard found == .valid || found == .suspended else {
            throw RegistrarError.statusRefused(
                record: id.description, change: .replace, found: found.word)
        }
        var keys = holderKeys
        var request = AwardRequest(award, keeping: record.kept)
        if let key = award.holderKey {
            let name = key.thumbprint.hexadecimal
            request.holderKey = name
            keys[name] = key
        }
        for correction in corrections {
            try request.correct(correction.claim, to: correction.text)
        }
        // SPEC: the leaf of the old one, for the holder to show or to keep back.
        request.others["replaces"] = .string(BatchTree.leaf(of: record.credential).hexadecimal)
        return try await issue([request], holderKeys: keys, ending: desk.places(of: id), at: now)
    }
}
