{{/*
Who may talk to a service, and to whom it may talk. With the release's default deny, nothing else is possible.
Who calls whom is said once, here, because both ends need it.
*/}}
{{- define "tenure.callers" -}}
event-collector: [gateway, profile-service, experiment-service]
profile-service: [gateway, event-collector, experiment-service, alert-service]
segment-service: [gateway, profile-service, experiment-service, alert-service]
experiment-service: [gateway, profile-service]
alert-service: [gateway, profile-service]
{{- end -}}

{{- define "tenure.networkPolicy" -}}
{{- $root := .root -}}
{{- $policy := $root.Values.networkPolicy -}}
{{- $callers := get (include "tenure.callers" $root | fromYaml) .name -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "tenure.name" (list $root .name) }}
  labels: {{- include "tenure.labels" (list $root .name) | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "tenure.selector" (list $root .name) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- if .public }}
    - ports:
        - port: http
      {{- with $policy.gatewayFrom }}
      from: {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- with $callers }}
    - from:
        {{- range . }}
        - podSelector:
            matchLabels: {{- include "tenure.selector" (list $root .) | nindent 14 }}
        {{- end }}
      ports:
        - port: grpc
        {{- if $.volume }}
        - port: http
        {{- end }}
    {{- end }}
    {{- with $policy.metricsFrom }}
    - from: {{- toYaml . | nindent 8 }}
      ports:
        - port: http
    {{- end }}
  egress:
    # Names.
    - ports:
        - {port: 53, protocol: UDP}
        - {port: 53, protocol: TCP}
    # Stores.
    - ports:
        {{- range $policy.storePorts }}
        - port: {{ . }}
        {{- end }}
        {{- range .ports }}
        - port: {{ . }}
        {{- end }}
    {{- with .calls }}
    - to:
        {{- range . }}
        - podSelector:
            matchLabels: {{- include "tenure.selector" (list $root .) | nindent 14 }}
        {{- end }}
    {{- end }}
    {{- if .internet }}
    # Webhooks: public addresses only.
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
            except: [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
    {{- end }}
    {{- with $policy.extraEgress }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
