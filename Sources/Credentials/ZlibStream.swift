internal import CZlib

/// A zlib stream (RFC 1950), expanded no further than a limit.
enum ZlibStream {
    /// The content of exactly one whole stream; nil if it is damaged, cut or followed by more.
    static func expanded(_ bytes: [UInt8], limit: Int) throws(CredentialError) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw .malformedStatusList(expected: "a zlib stream") }
        defer { inflateEnd(&stream) }
        var input = bytes
        var content: [UInt8] = []
        var status = Z_OK
        var isTooLarge = false
        var chunk = [UInt8](repeating: 0, count: 65_536)
        input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            while status == Z_OK {
                let written = chunk.withUnsafeMutableBufferPointer { chunk in
                    stream.next_out = chunk.baseAddress
                    stream.avail_out = UInt32(chunk.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return chunk.count - Int(stream.avail_out)
                }
                // The bound holds before the content grows: a small stream may expand for ever.
                guard content.count + written <= limit else {
                    isTooLarge = true
                    return
                }
                content.append(contentsOf: chunk[..<written])
            }
        }
        if isTooLarge { throw .statusListTooLarge(limit: limit) }
        guard status == Z_STREAM_END, stream.avail_in == 0 else {
            throw .malformedStatusList(expected: "one whole zlib stream")
        }
        return content
    }

    /// The smallest stream that zlib makes of the content.
    static func compressed(_ content: [UInt8]) -> [UInt8] {
        var count = compressBound(UInt(content.count))
        var bytes = [UInt8](repeating: 0, count: Int(count))
        let status = compress2(
            &bytes, &count, content, UInt(content.count), Z_BEST_COMPRESSION)
        precondition(status == Z_OK, "zlib compresses every content into the bound that it names")
        return Array(bytes.prefix(Int(count)))
    }
}
