# One image for all services; the chart runs it with "serve SERVICE". Build the distribution first: mvn -DskipTests -pl standalone -am package
FROM eclipse-temurin:25-jre
COPY standalone/target/lib/ /opt/tenure/lib/
COPY standalone/target/standalone-0.1.0.jar /opt/tenure/lib/
USER 10001:10001
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:MaxRAMPercentage=60", \
  "-XX:+ExitOnOutOfMemoryError", "-cp", "/opt/tenure/lib/*", "io.tenure.standalone.Tenure"]
CMD ["help"]
