import Credentials
import Cryptography
import Encoding
import Foundation

/// The Python reference implementation of SD-JWT, doing the same in one process.
enum PythonBenchmarks {
    /// Where `Tests/setup` puts the packages that judge us.
    private static let python = ".build/judge/bin/python"

    /// Verifies one credential so many times; prints the seconds that it took.
    private static let program = """
        from json import load
        from sys import stdin
        from time import perf_counter
        from jwcrypto.jwk import JWK
        from sd_jwt.verifier import SDJWTVerifier
        question = load(stdin)
        key = JWK(**question["key"])
        def once():
            SDJWTVerifier(question["credential"], lambda issuer, header: key) \\
                .get_verified_payload()
        once()
        start = perf_counter()
        for _ in range(question["times"]):
            once()
        print(repr(perf_counter() - start))
        """

    static func verify(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 2_000)
        return Benchmark(
            id: "verify.python",
            what: "\(count) credentials verified in process, the issuer's signature and the "
                + "disclosures alone, against the Python package sd-jwt doing the same, one core",
            unit: "1/s", moreIsBetter: true, goal: 4
        ) {
            guard FileManager.default.isExecutableFile(atPath: python) else {
                throw MissingTool("the Python package sd-jwt in .build/judge (Tests/setup)")
            }
            let (key, credential) = try sample()
            let bytes = credential.serialized
            let question: JSONValue = [
                "key": .object(JSONWebKey(key.verificationKey).object),
                "credential": .string(String(decoding: bytes, as: UTF8.self)),
                "times": .integer(Int64(count)),
            ]
            return {
                let ours = try Stopwatch.seconds {
                    for _ in 0..<count {
                        let read = try SDJWT(parsing: bytes)
                        try read.verify(with: key.verificationKey)
                        _ = try read.processed(plain: QualificationCredential.plainClaims)
                    }
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours,
                    limit: Double(count) / (try seconds(question.serialized)))
            }
        }
    }

    /// The seconds that Python says it took, its start not counted.
    private static func seconds(_ question: [UInt8]) throws -> Double {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", program]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(question))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: answer, as: UTF8.self)
        guard process.terminationStatus == 0,
            let seconds = Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { throw MissingTool("the Python package sd-jwt in .build/judge (Tests/setup)") }
        return seconds
    }

    private static func sample() throws -> (SigningKey, SDJWT) {
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.generated(using: &generator)
        let day = CalendarDate(daysSince1970: 20_700)
        let award = QualificationCredential(
            issuer: "xx.centre", country: "XX", qualification: "xx.sample-welding", version: "1",
            awarded: day, issuedAt: day.start,
            status: StatusReference(uri: "urn:concord:status:xx.centre:1", index: 7),
            name: "Testina Exemplar", birthYear: 1999,
            birthdate: CalendarDate(parsing: "1999-01-01"))
        return (key, try award.issued(by: key, using: &generator))
    }
}
