extension Translation {
    static let arabic = Translation(
        parsing: """
            language = ar
            name = العربية
            direction = rtl
            review = draft
            """)
}
