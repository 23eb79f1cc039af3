import Foundation

/// One exchange over HTTP as it goes over the wire: nothing is added, nothing is decoded.
public struct RawExchange: Sendable {
    public enum Failure: Error { case noAnswer }

    public let status: Int
    /// By their names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]
    /// The bytes of the request and of the answer, heads included.
    public let byteCount: Int

    /// - Parameter headers: beside `host`, `connection` and the length of a body.
    public init(
        port: Int, method: String = "GET", _ path: String, headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "content-length: \(body.count)\r\n" }
        let request = Array("\(head)\r\n".utf8) + (body ?? [])
        // Order: the server may need the thread that this would wait on.
        let answer = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: RawExchange.exchange(request, port))
            }
        }
        guard let end = answer.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw Failure.noAnswer
        }
        let lines = String(decoding: answer[..<end.lowerBound], as: UTF8.self)
            .split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else { throw Failure.noAnswer }
        self.status = status
        self.headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { colon in
                    (
                        line[..<colon].lowercased(),
                        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    )
                }
            }, uniquingKeysWith: { first, _ in first })
        self.body = Array(answer[end.upperBound...])
        byteCount = request.count + answer.count
    }

    /// Nothing if nobody listens there or nothing comes for two minutes.
    private static func exchange(_ request: [UInt8], _ port: Int) -> [UInt8] {
        guard let connection = try? ClientSocket(port: port) else { return [] }
        // A server may answer before it has read everything.
        connection.send(request)
        return connection.receive(seconds: 120)
    }
}
