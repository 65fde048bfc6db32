{{/* Environment of a service: where it listens, where the stores are, whom it calls, and what is its own. */}}
{{- define "tenure.environment" -}}
{{- $root := .root -}}
{{- $ports := include "tenure.grpcPorts" $root | fromYaml -}}
- {name: JAVA_TOOL_OPTIONS, value: "-XX:MaxRAMPercentage=60"}
- {name: SERVER_ADDRESS, value: "0.0.0.0"}
- {name: SERVER_PORT, value: {{ .http | quote }}}
{{- if .grpc }}
- {name: SPRING_GRPC_SERVER_ADDRESS, value: "0.0.0.0"}
- {name: SPRING_GRPC_SERVER_PORT, value: {{ .grpc | quote }}}
{{- end }}
- {name: TENURE_CLICKHOUSE_URL, value: {{ $root.Values.clickhouse.url | quote }}}
- {name: TENURE_CLICKHOUSE_DATABASE, value: {{ $root.Values.clickhouse.database | quote }}}
- {name: TENURE_CLICKHOUSE_USERNAME, value: {{ $root.Values.clickhouse.username | quote }}}
{{- with $root.Values.clickhouse.cluster }}
- {name: TENURE_CLICKHOUSE_CLUSTER, value: {{ . | quote }}}
{{- end }}
{{- with $root.Values.clickhouse.existingSecret }}
- name: TENURE_CLICKHOUSE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ . }}, key: {{ $root.Values.clickhouse.passwordKey }}}}
{{- end }}
- name: TENURE_REDIS_URL
{{- if $root.Values.redis.existingSecret }}
  valueFrom: {secretKeyRef: {name: {{ $root.Values.redis.existingSecret }}, key: {{ $root.Values.redis.urlKey }}}}
{{- else }}
  value: {{ $root.Values.redis.url | quote }}
{{- end }}
{{- range .calls }}
- name: TENURE_CLIENTS_{{ . | replace "-" "" | upper }}
  value: {{ include "tenure.target" (list $root . (get $ports .)) | quote }}
{{- end }}
{{- with .env }}
{{ toYaml . }}
{{- end }}
{{- range $key, $value := .values.env }}
- {name: {{ $key }}, value: {{ $value | quote }}}
{{- end }}
{{- end -}}

{{/* gRPC ports by service. */}}
{{- define "tenure.grpcPorts" -}}
event-collector: "9091"
profile-service: "9092"
segment-service: "9093"
experiment-service: "9094"
alert-service: "9095"
{{- end -}}
