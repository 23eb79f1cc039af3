import Encoding
import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// One exchange with a node over HTTP.
struct HTTPAnswer {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    init(
        _ url: String, method: String = "GET", headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 60
        configuration.httpShouldSetCookies = false
        let (data, response) = try await URLSession(configuration: configuration)
            .data(for: request)
        let answer = try #require(response as? HTTPURLResponse)
        status = answer.statusCode
        self.headers = Dictionary(
            answer.allHeaderFields.map { ("\($0)".lowercased(), "\($1)") },
            uniquingKeysWith: { first, _ in first })
        self.body = Array(data)
    }

    /// An answer as it came over a connection of one's own.
    init?(parsing bytes: [UInt8]) {
        guard let status = ClientSocket.status(bytes),
            let end = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        else { return nil }
        self.status = status
        headers = Dictionary(
            String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
                .dropFirst().map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return (
                        parts[0].lowercased(),
                        parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
                    )
                }, uniquingKeysWith: { first, _ in first })
        body = Array(bytes[end.upperBound...])
    }

    var json: JSONValue {
        get throws {
            try JSONValue(parsing: body, limits: JSONLimits(size: 8 << 20, depth: 24))
        }
    }

    /// A form with a file, as browsers send it.
    static func form(
        _ fields: [(name: String, value: String)], file: [UInt8]
    ) -> (contentType: String, body: [UInt8]) {
        let boundary = "----concord-test-boundary"
        var body: [UInt8] = []
        for field in fields {
            body +=
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field.name)\"\r\n".utf8
            body += "\r\n\(field.value)\r\n".utf8
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; ".utf8
        body += "filename=\"c.json\"\r\nContent-Type: application/json\r\n\r\n".utf8
        body += file + "\r\n--\(boundary)--\r\n".utf8
        return ("multipart/form-data; boundary=\(boundary)", body)
    }
}
