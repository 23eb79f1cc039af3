import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite(.enabled(if: ConformanceVectors.has("merkle"), "no vectors for merkle"))
struct MerkleVectorTests {
    @Test(arguments: try VectorFile.all(in: "merkle"))
    func acceptsAndRefusesExactly(file: VectorFile) throws {
        let vector = VectorCase(value: file.value)
        let isRefused = try #require(vector["wantErr"]?.bool as Bool?)
        #expect(try verifies(vector) != isRefused)
    }

    private func verifies(_ vector: VectorCase) throws -> Bool {
        // A hash that is not 32 bytes long does not get as far as the verifier.
        let proof: [HashValue]? =
            switch vector["proof"] {
            case .null: []
            case let value: try value?.array.map { try $0.map { try hash($0) } }?.collected
            }
        guard let hashes = proof else { return false }
        if let size = vector["treeSize"] {
            guard let root = try hash(vector["root"]), let leaf = try hash(vector["leafHash"])
            else { return false }
            let index = try #require(vector["leafIdx"]?.unsigned)
            let size = try #require(size.unsigned)
            let proof = InclusionProof(index: index, size: size, hashes: hashes)
            return (try? proof.verify(leaf: leaf, root: root)) != nil
        }
        let old = try #require(vector["size1"]?.unsigned)
        let new = try #require(vector["size2"]?.unsigned)
        // Between trees of one size nothing is hashed: some of these vectors have words for
        // roots, for which their hashes stand in.
        guard let oldRoot = try hash(vector["root1"], orOfWords: old == new),
            let newRoot = try hash(vector["root2"], orOfWords: old == new)
        else { return false }
        let consistency = ConsistencyProof(oldSize: old, newSize: new, hashes: hashes)
        return (try? consistency.verify(oldRoot: oldRoot, newRoot: newRoot)) != nil
    }

    private func hash(_ value: JSONValue?, orOfWords: Bool = false) throws -> HashValue? {
        if value == .null { return nil }
        let text = try #require(value?.string)
        let bytes = try #require(Base64.standard.decode(text))
        return HashValue(bytes: bytes) ?? (orOfWords ? HashValue(of: bytes) : nil)
    }
}

extension Array where Element == HashValue? {
    /// The elements, if none is nil.
    fileprivate var collected: [HashValue]? {
        contains(nil) ? nil : compactMap(\.self)
    }
}
