internal import CZlib

/// A raw DEFLATE stream (RFC 1951) that begins with a preset dictionary in its window, expanded
/// no further than a limit.
enum PresetDeflate {
    /// Without the wrapper of RFC 1950: the version of the code names the dictionary.
    private static let rawWindow: Int32 = -15

    /// The content of exactly one whole stream; nil if it is damaged, cut, followed by more, or
    /// longer than the limit when expanded.
    static func expanded(_ bytes: [UInt8], dictionary: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, rawWindow, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        guard inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count)) == Z_OK
        else { return nil }
        var input = bytes
        // One byte beyond the limit shows that there is more; nothing greater is ever allocated.
        var content = [UInt8](repeating: 0, count: limit + 1)
        var status = Z_OK
        var written = 0
        input.withUnsafeMutableBufferPointer { input in
            content.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                status = inflate(&stream, Z_FINISH)
                written = output.count - Int(stream.avail_out)
            }
        }
        guard status == Z_STREAM_END, stream.avail_in == 0, written <= limit else { return nil }
        return Array(content.prefix(written))
    }

    /// The smallest stream that zlib makes of the content after the dictionary.
    static func compressed(_ content: [UInt8], dictionary: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        let started = deflateInit2_(
            &stream, Z_BEST_COMPRESSION, Z_DEFLATED, rawWindow, 9, Z_DEFAULT_STRATEGY,
            ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(started == Z_OK, "zlib compresses with these parameters")
        defer { deflateEnd(&stream) }
        deflateSetDictionary(&stream, dictionary, UInt32(dictionary.count))
        var input = content
        var bytes = [UInt8](
            repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))))
        var status = Z_OK
        input.withUnsafeMutableBufferPointer { input in
            bytes.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                status = deflate(&stream, Z_FINISH)
            }
        }
        precondition(status == Z_STREAM_END, "zlib keeps to the bound that it names")
        return Array(bytes.prefix(bytes.count - Int(stream.avail_out)))
    }
}
