internal import Encoding
internal import SwiftASN1

extension KeyCertificate {
    /// The signed part as it lies there.
    struct Fields {
        let issuer: [UInt8]
        let subject: [UInt8]
        let validity: ClosedRange<Timestamp>
        let key: (Curve, [UInt8])
        let extensions: ASN1Node?

        /// - Parameter outer: the algorithm beside the signature, which must be the signed one.
        init(_ node: ASN1Node, _ outer: ASN1Node) throws {
            self = try DER.sequence(node, identifier: .sequence) { nodes in
                let version = try DER.optionalExplicitlyTagged(
                    &nodes, tagNumber: 0, tagClass: .contextSpecific
                ) { try Int(derEncoded: $0) }
                guard version == 2, nodes.next()?.identifier == .integer,
                    let algorithm = nodes.next(), algorithm.encodedBytes == outer.encodedBytes,
                    let issuer = nodes.next(), let validity = nodes.next(),
                    let subject = nodes.next(), let key = nodes.next()
                else { throw CryptographyError.certificate(expected: "X.509 of version 3") }
                for tag: UInt in [1, 2] {
                    // The unique identifiers that nobody uses.
                    _ = DER.optionalImplicitlyTagged(
                        &nodes, tagNumber: tag, tagClass: .contextSpecific
                    ) { $0 }
                }
                let extensions = try DER.optionalExplicitlyTagged(
                    &nodes, tagNumber: 3, tagClass: .contextSpecific
                ) { $0 }
                return Fields(
                    issuer: Array(issuer.encodedBytes), subject: Array(subject.encodedBytes),
                    validity: try Fields.validity(validity), key: try Fields.key(key),
                    extensions: extensions)
            }
        }

        private init(
            issuer: [UInt8], subject: [UInt8], validity: ClosedRange<Timestamp>,
            key: (Curve, [UInt8]), extensions: ASN1Node?
        ) {
            self.issuer = issuer
            self.subject = subject
            self.validity = validity
            self.key = key
            self.extensions = extensions
        }

        private static func validity(_ node: ASN1Node) throws -> ClosedRange<Timestamp> {
            let (from, until) = try DER.sequence(node, identifier: .sequence) { nodes in
                (try moment(nodes.next()), try moment(nodes.next()))
            }
            guard let from, let until, from <= until else {
                throw CryptographyError.certificate(expected: "a validity from one time to another")
            }
            return from...until
        }

        private static func moment(_ node: ASN1Node?) throws -> Timestamp? {
            guard let node else { return nil }
            if node.identifier == .utcTime {
                let time = try UTCTime(derEncoded: node, withIdentifier: .utcTime)
                return moment(
                    time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
            }
            let time = try GeneralizedTime(derEncoded: node, withIdentifier: .generalizedTime)
            return moment(
                time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        }

        private static func moment(
            _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
        ) -> Timestamp? {
            CalendarDate(year: Int64(year), month: Int64(month), day: Int64(day)).map {
                $0.start + Int64(hours * 3_600 + minutes * 60 + seconds)
            }
        }

        private static func key(_ node: ASN1Node) throws -> (Curve, [UInt8]) {
            let (curve, bits) = try DER.sequence(node, identifier: .sequence) { nodes in
                guard let algorithm = nodes.next() else {
                    throw CryptographyError.certificate(expected: "a key")
                }
                return (try Fields.curve(algorithm), try ASN1BitString(derEncoded: &nodes))
            }
            return (curve, try KeyCertificate.whole(bits))
        }

        private static func curve(_ node: ASN1Node) throws -> Curve {
            let identifiers = try DER.sequence(node, identifier: .sequence) { nodes in
                [
                    try ASN1ObjectIdentifier(derEncoded: &nodes),
                    try ASN1ObjectIdentifier(derEncoded: &nodes),
                ]
            }
            switch identifiers {
            case [[1, 2, 840, 10045, 2, 1], [1, 2, 840, 10045, 3, 1, 7]]: return .p256
            case [[1, 2, 840, 10045, 2, 1], [1, 3, 132, 0, 34]]: return .p384
            default:
                throw CryptographyError.certificate(expected: "a key on P-256 or P-384")
            }
        }
    }
}
