public import Cryptography
internal import Encoding

/// A root of X.509 certificates under which a body's software signs credentials with ES256, and
/// the name that the leaf must bear.
///
/// `Protocol/credential.md § Certificates`. The name is part of it because a root may stand over
/// many: without it everybody under the root could sign in the body's name.
public struct CertificateRoot: Hashable, Sendable {
    public let certificate: KeyCertificate
    /// `dns:` or `uri:`, and the name.
    public let name: String

    static let countLimit = 4

    init(reading reader: inout MemberReader) throws(ParsingError) {
        guard let der = Base64.standard.decode(try reader.string("certificate")) else {
            throw .wrongForm(path: reader.child("certificate"), expected: "DER in base64")
        }
        do throws(CryptographyError) {
            certificate = try KeyCertificate(parsing: der)
        } catch {
            throw .wrongForm(path: reader.child("certificate"), expected: error.description)
        }
        name = try reader.string("name")
        guard CertificateRoot.isName(name) else {
            throw .wrongForm(
                path: reader.child("name"), expected: "dns: or uri: and a name of visible ASCII")
        }
    }

    /// Whether a text names a leaf.
    public static func isName(_ text: String) -> Bool {
        (5...256).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && (text.utf8.starts(with: "dns:".utf8) || text.utf8.starts(with: "uri:".utf8))
    }
}
