internal import CZlib

/// A gzip stream (RFC 1952), as bodies travel between nodes and to browsers.
public enum Gzip {
    /// The name of the coding in HTTP (RFC 9110 § 8.4.1.3).
    public static let coding = "gzip"

    /// The window of zlib's greatest size, and 16 for gzip's frame.
    fileprivate static let windowBits: Int32 = 15 + 16

    /// What a stream may cost.
    public enum Effort: Hashable, Sendable {
        /// Level 6: for what is made for one reader.
        case usual
        /// Level 9, and all the memory that zlib takes for it: some percent smaller and several
        /// times slower, for what crosses a border and stays as it is.
        case most

        fileprivate var parameters: (level: Int32, memory: Int32) {
            switch self {
            case .usual: (6, 8)
            case .most: (9, 9)
            }
        }
    }

    /// The content as one stream; pure.
    public static func compressed(
        _ content: [UInt8], effort: Effort = .usual
    ) -> [UInt8] {
        var stream = z_stream()
        let (level, memory) = effort.parameters
        let started = deflateInit2_(
            &stream, level, Z_DEFLATED, windowBits, memory, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(started == Z_OK, "zlib compresses with these parameters")
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(content.count)))
        var input = content
        return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            let status = input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH)
            }
            precondition(status == Z_STREAM_END, "zlib stays within the bound that it names")
            count = bound - Int(stream.avail_out)
        }
    }
}

/// Expands a gzip stream piece by piece, so that who asks bounds the content while it grows.
///
/// One stream and nothing after it; its check sum and length are checked at its end.
public final class GzipExpansion {
    public enum Step: Hashable {
        /// At most 64 KiB of the content; there may be more.
        case content([UInt8])
        /// What was given is used up.
        case needsMore
        /// The stream is whole, and nothing follows it.
        case complete
        /// Not a gzip stream, cut within, or followed by other bytes.
        case damaged
    }

    // zlib compares the address with the one that it was begun with.
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var position = 0
    private var isComplete = false

    public init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let started = inflateInit2_(
            stream, Gzip.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(started == Z_OK, "zlib expands with these parameters")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Gives it the next bytes of the stream.
    ///
    /// - Precondition: `next()` said `needsMore`, or nothing was given yet.
    public func give(_ bytes: [UInt8]) {
        precondition(position == input.count, "what was given before is used up")
        (input, position) = (bytes, 0)
    }

    public func next() -> Step {
        if isComplete { return position == input.count ? .complete : .damaged }
        var status = Z_OK
        let content = [UInt8](unsafeUninitializedCapacity: 65_536) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress.map { $0 + position }
                stream.pointee.avail_in = UInt32(input.count - position)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                status = inflate(stream, Z_NO_FLUSH)
            }
            position = input.count - Int(stream.pointee.avail_in)
            count = output.count - Int(stream.pointee.avail_out)
        }
        switch status {
        // Z_BUF_ERROR: nothing to read, and nothing left to write.
        case Z_OK, Z_BUF_ERROR: return content.isEmpty ? .needsMore : .content(content)
        case Z_STREAM_END:
            isComplete = true
            return content.isEmpty ? next() : .content(content)
        default: return .damaged
        }
    }
}
