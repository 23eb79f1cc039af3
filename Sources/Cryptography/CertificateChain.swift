public import Encoding

/// Certificates as a signature brings them along (`x5c`): the leaf's, then those of the
/// authorities above it.
///
/// `Protocol/credential.md § Certificates`. They supply no key by themselves: only a chain to a
/// root that somebody else named does. Nothing is fetched, and no list of revoked certificates is
/// asked: whoever named the root ends it.
public struct CertificateChain: Hashable, Sendable {
    private let certificates: [KeyCertificate]

    public static let lengthLimit = 4

    /// - Parameter ders: each in DER, the leaf first.
    public init(parsing ders: [[UInt8]]) throws(CryptographyError) {
        guard (1...CertificateChain.lengthLimit).contains(ders.count) else {
            throw .certificate(expected: "1 to \(CertificateChain.lengthLimit) in a chain")
        }
        var certificates: [KeyCertificate] = []
        for der in ders { certificates.append(try KeyCertificate(parsing: der)) }
        self.certificates = certificates
    }

    /// The leaf's key, if the chain leads to the root, the leaf bears the name, and all of it,
    /// the root too, was valid at the moment; else nil.
    public func key(
        under root: KeyCertificate, named name: String, at moment: Timestamp
    ) -> P256Key? {
        var path = certificates
        if path.last != root { path.append(root) }
        guard let leaf = path.first, path.count > 1, leaf.authority == nil, leaf.signsData,
            leaf.names.contains(name),
            path.allSatisfy({ $0.validity.contains(moment) })
        else { return nil }
        for (depth, (child, parent)) in zip(path, path.dropFirst()).enumerated() {
            guard let authority = parent.authority, parent.signsCertificates,
                authority.pathLength.map({ depth <= $0 }) ?? true,
                child.issuer == parent.subject, child.isSigned(by: parent)
            else { return nil }
        }
        return leaf.key
    }
}
