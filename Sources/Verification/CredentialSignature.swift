import Credentials
import Cryptography
import Encoding

/// Which keys signed a credential: each is asked once, whichever rules want to know.
struct CredentialSignature {
    private let credential: SDJWT
    /// When it says that it was issued.
    let issuedAt: Timestamp
    private var answers: [(key: SignatureKey, failure: CredentialError?)] = []
    /// The certificates that it brings along; they count only up to a root that an act names.
    private(set) lazy var chain = credential.issuerJWT.certificates.flatMap {
        try? CertificateChain(parsing: $0)
    }

    init(_ credential: SDJWT, issuedAt: Timestamp) {
        self.credential = credential
        self.issuedAt = issuedAt
    }

    /// Checks that the key signed.
    ///
    /// - Throws: `unsupportedAlgorithm` or `wrongSignature`.
    mutating func check(_ key: SignatureKey) throws(CredentialError) {
        if let known = answers.first(where: { $0.key == key }) {
            if let failure = known.failure { throw failure }
            return
        }
        do throws(CredentialError) {
            try credential.verify(with: key)
            answers.append((key, nil))
        } catch {
            answers.append((key, error))
            throw error
        }
    }
}
