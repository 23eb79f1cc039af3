import Credentials
import Cryptography
import Registry
import TransparencyLog

/// The keys that one act gave an issuer: that of the grant, and those for ES256 beside it.
///
/// They begin, end and are compromised together: the log says so of the grant alone.
struct IssuerKey {
    let grant: KeyGrant
    private let keys: [SignatureKey]

    init(grant: KeyGrant, credentialKeys: [P256Key] = []) {
        self.grant = grant
        keys = [.ed25519(grant.key.key)] + credentialKeys.map(SignatureKey.p256)
    }

    /// Checks that one of them signed.
    ///
    /// - Throws: `unsupportedAlgorithm` or `wrongSignature`.
    func verify(_ credential: SDJWT) throws(CredentialError) {
        var failure: CredentialError?
        for key in keys {
            do throws(CredentialError) {
                try credential.verify(with: key)
                return
            } catch { failure = error }
        }
        throw failure ?? .wrongSignature
    }

    func didSign(_ credential: SDJWT) -> Bool { (try? verify(credential)) != nil }
}

extension LogState {
    /// The keys that an accreditation gave its body.
    func issuerKey(of item: StandingAccreditation) -> IssuerKey? {
        grant(of: item).map {
            IssuerKey(grant: $0, credentialKeys: item.accreditation.credentialKeys)
        }
    }
}
