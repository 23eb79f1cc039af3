import Glibc

/// Standard input and output, as `concord` speaks with this process.
///
/// An answer is a line `ok LENGTH` or `no LENGTH` and so many bytes: the result, or why there is
/// none.
enum StandardStreams {
    struct Reason: Error {
        let text: String

        init(_ text: String) { self.text = text }
    }

    static func line() -> String? { readLine(strippingNewline: true) }

    /// Everything there is; nil if it is more than the limit.
    static func all(limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit else { return nil }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    static func answer(_ result: Result<[UInt8], Reason>) {
        switch result {
        case .success(let bytes): write("ok", bytes)
        case .failure(let reason): write("no", Array(reason.text.utf8))
        }
    }

    static func complain(_ text: String) {
        write(Array("concord-paper: \(text)\n".utf8), to: STDERR_FILENO)
    }

    private static func write(_ word: String, _ bytes: [UInt8]) {
        write(Array("\(word) \(bytes.count)\n".utf8) + bytes, to: STDOUT_FILENO)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(
                    descriptor, $0.baseAddress?.advanced(by: position), bytes.count - position)
            }
            guard count > 0 else { exit(74) }
            position += count
        }
    }
}
