import Sync
import TestSupport
import Testing

/// Streams of gzip: whole or refused, bounded by whoever expands them.
@Suite struct GzipTests {
    /// The content, or nil if the stream is damaged or not whole.
    private func expanded(_ stream: [UInt8], inPiecesOf count: Int = 1 << 20) -> [UInt8]? {
        let expansion = GzipExpansion()
        var content: [UInt8] = []
        for start in stride(from: 0, to: stream.count, by: count) {
            expansion.give(Array(stream[start..<min(start + count, stream.count)]))
            pieces: while true {
                switch expansion.next() {
                case .content(let bytes): content += bytes
                case .needsMore, .complete: break pieces
                case .damaged: return nil
                }
            }
        }
        return expansion.next() == .complete ? content : nil
    }

    private func content(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(count))
        return (0..<count).map { _ in UInt8.random(in: 0..<16, using: &generator) }
    }

    @Test(arguments: [0, 1, 255, 65_535, 65_536, 65_537, 200_000])
    func expandsToWhatWasCompressed(_ count: Int) {
        let content = content(count)
        let stream = Gzip.compressed(content)
        #expect(stream.starts(with: [0x1F, 0x8B]))
        #expect(expanded(stream) == content)
        #expect(expanded(stream, inPiecesOf: 7) == content)
        #expect(count < 256 || stream.count < count * 3 / 4)
    }

    @Test func refusesWhatIsCutChangedOrFollowed() {
        let content = content(400)
        let stream = Gzip.compressed(content)
        for count in stream.indices { #expect(expanded(Array(stream[..<count])) == nil) }
        #expect(expanded(stream + [0]) == nil)
        #expect(expanded(stream + stream) == nil)
        #expect(expanded(content) == nil)
        for position in stream.indices {
            var changed = stream
            changed[position] ^= 1
            // Of the frame, the time and the name of the system say nothing of the content.
            let found = expanded(changed)
            #expect(found == nil || (found == content && position < 10), "byte \(position)")
        }
    }

    @Test func comesInPiecesHoweverMuchItExpandsTo() {
        let stream = Gzip.compressed([UInt8](repeating: 0, count: 64 << 20))
        #expect(stream.count < 1 << 20)
        let expansion = GzipExpansion()
        expansion.give(stream)
        for _ in 0..<8 {
            guard case .content(let bytes) = expansion.next() else {
                Issue.record("expected content")
                return
            }
            #expect(bytes.count <= 65_536)
        }
    }
}
