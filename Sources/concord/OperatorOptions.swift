import ArgumentParser
import Cryptography
import Registrar
import TransparencyLog

/// Whose key signs the line of the audit trail.
struct OperatorOptions: ParsableArguments {
    @Option(
        name: .customLong("operator"),
        help: """
            The key of the person who does it, for the audit trail (concord audit operator); default: \
            the issuer's.
            """)
    var key: String?

    /// The operator's key, or that of the issuer.
    func open(
        _ passphrase: PassphraseOptions, or issuer: (key: SigningKey, file: KeyFile),
        on office: Office
    ) throws -> AuditSigner {
        guard let key else { return AuditSigner(issuer.key, name: issuer.file.name) }
        return try OperatorOptions.opened(key, passphrase, on: office)
    }

    /// The key of one of the node's operators.
    static func opened(
        _ path: String, _ passphrase: PassphraseOptions, on office: Office
    ) throws -> AuditSigner {
        let (secret, file) = try passphrase.open(path)
        try office.refuseSampleKey(file)
        // SPEC: a key serves one role: neither a holder's nor an authority's is an operator's.
        guard file.role == "operator" else { throw RegistrarError.operatorRole(found: file.role) }
        let key = try NoteKey(
            name: file.name, algorithm: .ed25519, key: secret.verificationKey)
        guard try AuditTrail(office.node).operators().contains(key) else {
            throw RegistrarError.notAnOperator(name: file.name)
        }
        return AuditSigner(secret, name: file.name)
    }
}
