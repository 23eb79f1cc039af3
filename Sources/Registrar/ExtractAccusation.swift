import Cryptography
import Encoding
public import Registry
public import Storage
public import TransparencyLog

/// Holds an extract against the copies here, and makes the proof if its signer lied.
///
/// `Protocol/log.md § Proofs of faults`. Any node or verifier that has copied the logs can.
public struct ExtractAccusation: Sendable {
    private let database: LogDatabase

    public init(database: LogDatabase) { self.database = database }

    /// The proofs that the extract gives against its signers, one for each of them.
    ///
    /// - Parameters:
    ///   - signers: keys of holders of extract keys.
    ///   - roots: the first roots of the logs.
    /// - Throws: `noCopy` if a log of the extract is not here up to its size.
    public func proofs(
        against note: SignedNote, signers: [NoteKey], roots: [NoteKey]
    ) throws -> [(proof: FaultProof, finding: FaultProof.Finding)] {
        let extract = try Extract(parsing: note.text)
        let accused = signers.filter { note.isSigned(by: $0) }
        var proofs: [(proof: FaultProof, finding: FaultProof.Finding)] = []
        for head in extract.heads {
            let entries = try database.reading { snapshot -> [[UInt8]] in
                guard let log = try snapshot.log(head.origin), head.size <= log.size else {
                    throw RegistrarError.noCopy(country: head.origin)
                }
                return try snapshot.entries(head.origin, 0..<head.size).map(\.bytes)
            }
            for signer in accused
            where !proofs.contains(where: { $0.finding.accused == signer.name }) {
                let proof = FaultProof(
                    .extract(
                        ExtractFault(
                            note: note, signer: signer, origin: head.origin, entries: entries)))
                if let finding = proof.judge(keys: [signer] + roots) {
                    proofs.append((proof, finding))
                }
            }
        }
        return proofs
    }
}
