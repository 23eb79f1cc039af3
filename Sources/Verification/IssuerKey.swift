import Credentials
import Cryptography
import Registry
import TransparencyLog

/// The keys that one act gave an issuer: that of the grant, those for ES256 beside it, and
/// those of certificates under the roots that it names.
///
/// They begin, end and are compromised together: the log says so of the grant alone.
struct IssuerKey {
    let grant: KeyGrant
    private let keys: [SignatureKey]
    private let roots: [CertificateRoot]

    init(
        grant: KeyGrant, credentialKeys: [P256Key] = [], certificateRoots: [CertificateRoot] = []
    ) {
        self.grant = grant
        keys = [.ed25519(grant.key.key)] + credentialKeys.map(SignatureKey.p256)
        roots = certificateRoots
    }

    /// Checks that one of them signed.
    ///
    /// - Parameter batch: the credential's own, when certificates must have been valid; without
    ///   one its own word has to do, for nothing good comes of it then.
    /// - Throws: `unsupportedAlgorithm` or `wrongSignature`.
    func verify(
        _ signature: inout CredentialSignature, in batch: StandingBatch?
    ) throws(CredentialError) {
        var failure: CredentialError?
        for key in keys {
            do throws(CredentialError) {
                try signature.check(key)
                return
            } catch { failure = error }
        }
        let moment = batch?.logged.loggedTime ?? signature.issuedAt
        for root in roots {
            guard
                let key = signature.chain?.key(
                    under: root.certificate, named: root.name, at: moment)
            else { continue }
            do throws(CredentialError) {
                try signature.check(.p256(key))
                return
            } catch { failure = error }
        }
        throw failure ?? .wrongSignature
    }

    func didSign(_ signature: inout CredentialSignature, in batch: StandingBatch?) -> Bool {
        (try? verify(&signature, in: batch)) != nil
    }
}

extension LogState {
    /// The keys that an accreditation gave its body.
    func issuerKey(of item: StandingAccreditation) -> IssuerKey? {
        grant(of: item).map {
            IssuerKey(
                grant: $0, credentialKeys: item.accreditation.credentialKeys,
                certificateRoots: item.accreditation.certificateRoots)
        }
    }
}
