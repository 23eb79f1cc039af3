public import Encoding

/// The sheet as the process that draws it gets it: one line of strict JSON.
extension CertificateSheet {
    public var value: JSONValue {
        [
            "countryCode": .string(countryCode), "name": .string(name), "code": .string(code),
            "isSample": .bool(isSample), "texts": .array(texts.map(\.value)),
        ]
    }

    public init(_ value: JSONValue) throws(ParsingError) {
        var reader = try MemberReader(value, at: "")
        countryCode = try reader.string("countryCode")
        name = try reader.string("name")
        code = try reader.string("code")
        isSample = try reader.bool("isSample")
        var texts: [Texts] = []
        for var text in try reader.readers("texts") {
            texts.append(try Texts(reading: &text))
            try text.finish()
        }
        guard !texts.isEmpty else {
            throw .wrongForm(path: "texts", expected: "at least one language")
        }
        self.texts = texts
        try reader.finish()
    }
}

extension CertificateSheet.Texts {
    fileprivate var value: JSONValue {
        [
            "language": .string(language), "direction": .string(direction.rawValue),
            "title": .string(title), "country": .string(country),
            "accredited": .string(accredited), "body": .string(body),
            "certifies": .string(certifies), "born": .string(born), "awarded": .string(awarded),
            "qualification": .string(qualification), "by": .string(by),
            "details": .array(details.map(JSONValue.string)), "how": .string(how),
            "check": .string(check), "compare": .string(compare), "record": .string(record),
            "notices": .array(notices.map(JSONValue.string)),
        ]
    }

    fileprivate init(reading reader: inout MemberReader) throws(ParsingError) {
        language = try reader.string("language")
        guard let direction = Translation.Direction(rawValue: try reader.string("direction"))
        else { throw .wrongForm(path: reader.child("direction"), expected: "ltr or rtl") }
        self.direction = direction
        title = try reader.string("title")
        country = try reader.string("country")
        accredited = try reader.string("accredited")
        body = try reader.string("body")
        certifies = try reader.string("certifies")
        born = try reader.string("born")
        awarded = try reader.string("awarded")
        qualification = try reader.string("qualification")
        by = try reader.string("by")
        details = try reader.strings("details")
        how = try reader.string("how")
        check = try reader.string("check")
        compare = try reader.string("compare")
        record = try reader.string("record")
        notices = try reader.strings("notices")
    }
}
