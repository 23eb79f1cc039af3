import Cryptography
import Encoding
import TransparencyLog

/// A log, its witnesses and their keys, all from small numbers.
enum SampleLog {
    static let origin = "sample.example/XA/1"

    static func signer(
        _ number: UInt8, name: String = origin, as algorithm: NoteKey.Algorithm = .ed25519
    ) throws -> NoteSigner {
        let seed = [UInt8](repeating: number, count: 32)
        return try NoteSigner(name: name, key: SigningKey(seed: seed), algorithm: algorithm)
    }

    static func witness(_ number: UInt8) throws -> NoteSigner {
        try signer(100 + number, name: "witness.example/w\(number)", as: .cosignature)
    }

    static func entry(_ index: Int, branch: String = "") -> [UInt8] {
        Array("entry \(index)\(branch)".utf8)
    }

    static func leaves(_ count: Int, branch: String = "", from fork: Int = 0) -> [HashValue] {
        (0..<count).map { MerkleTree.leafHash(entry($0, branch: $0 < fork ? "" : branch)) }
    }

    static func head(_ leaves: [HashValue], origin: String = origin) throws -> TreeHead {
        try TreeHead(
            origin: origin, size: UInt64(leaves.count), root: ReferenceTree(leaves).root)
    }

    static func checkpoint(_ leaves: [HashValue]) throws -> Checkpoint {
        Checkpoint.signed(try head(leaves), by: try signer(1))
    }
}

extension Array where Element == UInt8 {
    /// The bytes with the lowest bit of one of them changed, or another bit.
    func flipped(at index: Int, bit: UInt8 = 1) -> [UInt8] {
        var bytes = self
        bytes[index] ^= bit
        return bytes
    }
}
