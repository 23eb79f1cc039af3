public import Credentials
import Encoding
public import Language

/// A certificate of the wallet with all its claims, in its holder's language.
///
/// It says first that nothing was checked: a wallet decides nothing about a certificate.
public struct HolderView: Sendable {
    private let certificate: WalletCertificate
    private let claims: ClaimLines
    private var catalogue: Catalogue { claims.catalogue }

    public init(_ certificate: WalletCertificate, in catalogue: Catalogue) {
        self.certificate = certificate
        claims = ClaimLines(catalogue: catalogue)
    }

    public func text() throws(CredentialError) -> String {
        let whole = try certificate.file.credential.processed()
        let disclosable = Set(whole.disclosedNames)
        let members = whole.object.members
        let command = Message.Argument.text("concord verify")
        var lines = catalogue.notices
        lines += [
            catalogue.isolated(certificate.id),
            catalogue.text(of: Message(.walletUnchecked, ["command": command])),
            catalogue.text(certificate.isBound ? .walletBound : .walletUnbound), "",
        ]
        lines += claims.lines(members.filter { disclosable.contains($0.name) })
        lines += claims.lines(members.filter { !disclosable.contains($0.name) })
        return lines.joined(separator: "\n") + "\n"
    }
}
